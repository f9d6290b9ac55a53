using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Bench.Hub;

// Load seed FILE ROOMS [MESSAGES [one]] | Load KIND HOST:PORT[,…] SERVERPID[,…] ROOMS TOKENS MODE [RATE…]; see bench/hub/run.
// Load fill CONNECTION ROOMS TALKS. Load fan BROKER PID NODES RATE. Of several nodes, the two of a room are at different ones.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["seed", var file, var count, ..])
{
    Seed.Fill(file, int.Parse(count), args.Length > 3 ? int.Parse(args[3]) : 0, args is [.., "one"]);
    return 0;
}
if (args is ["fill", var server, var pairs, var each])
{
    await ServerSeed.FillAsync(server, int.Parse(pairs), int.Parse(each));
    return 0;
}
if (args is ["fan", var broker, var listener, var nodes, var told])
{
    await using var fan = new Fan(broker, int.Parse(nodes), double.Parse(told));
    await fan.TellAsync(20);
    var (before, since) = (CpuOf(listener), Stopwatch.StartNew());
    var (sent, bytes) = await fan.TellAsync(15);
    var used = CpuOf(listener) - before;
    Console.WriteLine(
        $"{nodes} nodes, {sent / since.Elapsed.TotalSeconds:0} messages/s, {bytes / sent} bytes each: "
            + $"{used * 1e6 / sent:0.0} µs of CPU a message, {100 * used / since.Elapsed.TotalSeconds:0.0} % of a core"
    );
    return 0;
}
var (kind, urls, pids, rooms, tokenFile, mode) = (
    args[0],
    args[1].Split(','),
    args[2].Split(','),
    int.Parse(args[3]),
    args[4],
    args[5]
);
var rates = args[6..].Select(double.Parse).ToArray();
var warm = Setting("WARM", 30);
var measured = Setting("MEASURE", 20);
var people = 2 * rooms;
var talks = (int)Setting("TALKS", 1);
var tally = new Tally(people, talks);
var connections = new List<Connection>();
var random = new Random(1);
var words = Vocabulary();

switch (mode)
{
    case "sign-in":
        await TokensAsync();
        break;
    case "idle":
        await IdleAsync();
        break;
    case "rates":
        await ConnectAsync(people);
        foreach (var rate in rates)
        {
            await OfferAsync(rate, warm);
            Print(await MeasureAsync(rate, measured));
        }
        break;
    case "highest":
        await ConnectAsync(people);
        await OfferAsync(1_000, warm);
        await OfferAsync(rates[0], 5);
        await HighestAsync(rates[0]);
        break;
}
await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
return 0;

static double Setting(string name, double fallback) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? double.Parse(text) : fallback;

async Task ConnectAsync(int upTo)
{
    var tokens = kind == "marketplace" ? await TokensAsync() : [];
    for (var person = connections.Count + 1; person <= upTo; person++)
    {
        var connection = Connection.Make(kind, person, tally);
        await connection.ConnectAsync(urls[person % urls.Length], kind == "marketplace" ? tokens[person] : $"{person}");
        connections.Add(connection);
    }
}

// Sign-in is slow on purpose, so the tokens are cached for 45 minutes.
async Task<Dictionary<int, string>> TokensAsync()
{
    if (File.Exists(tokenFile) && File.GetLastWriteTimeUtc(tokenFile) > DateTime.UtcNow.AddMinutes(-45))
        return JsonSerializer.Deserialize<Dictionary<int, string>>(await File.ReadAllTextAsync(tokenFile))!;
    using var http = new HttpClient { BaseAddress = new Uri($"http://{urls[0]}") };
    var tokens = new Dictionary<int, string>();
    for (var person = 1; person <= people; person++)
    {
        var password = Environment.GetEnvironmentVariable("BENCH_PASSWORD");
        var answer = await http.PostAsJsonAsync("/api/account/login", new { email = Seed.Email(person), password });
        answer.EnsureSuccessStatusCode();
        tokens[person] = (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("accessToken")
            .GetString()!;
    }
    await File.WriteAllTextAsync(tokenFile, JsonSerializer.Serialize(tokens));
    return tokens;
}

// An open loop: Poisson arrivals, regardless of the server's speed.
async Task OfferAsync(double rate, double seconds)
{
    var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    new Thread(() =>
    {
        var start = Stopwatch.GetTimestamp();
        var (due, pinged) = (0.0, 0.0);
        while (true)
        {
            var now = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (now >= seconds)
                break;
            for (; due <= now; due += -Math.Log(1 - random.NextDouble()) / rate)
                Post();
            if (now - pinged > 10)
            {
                connections.ForEach(connection => connection.KeepAlive());
                pinged = now;
            }
            Thread.Sleep(1);
        }
        done.SetResult();
    })
    {
        IsBackground = true,
    }.Start();
    await done.Task;
}

void Post()
{
    var connection = connections[random.Next(connections.Count)];
    var body = string.Join(' ', Enumerable.Range(0, 17).Select(_ => words[random.Next(words.Length)]));
    var index = tally.Send(connection.Person);
    var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    // Version 7, as the composer makes them; the last digits are the tally's index.
    var clientId = $"{now >> 16:x8}-{now & 0xffff:x4}-7{random.Next(0x1000):x3}-8000-{index:x12}";
    connection.Post(connection.Room + (rooms * random.Next(talks)), index, clientId, body);
}

async Task<Result> MeasureAsync(double rate, double seconds)
{
    var own = Process.GetCurrentProcess();
    var (first, before, cpu, mine, watch) = (
        tally.Sent,
        tally.Delivered,
        Cpu(),
        own.TotalProcessorTime,
        Stopwatch.StartNew()
    );
    await OfferAsync(rate, seconds);
    var elapsed = watch.Elapsed.TotalSeconds;
    var (last, delivered, used) = (tally.Sent, tally.Delivered - before, Cpu() - cpu);
    own.Refresh();
    var share = (own.TotalProcessorTime - mine).TotalSeconds / elapsed;
    // Late messages are not lost: wait up to five seconds.
    for (var wait = 0; wait < 50 && tally.Lost(first, last) > 0; wait++)
        await Task.Delay(100);
    var (latencies, added) = (tally.Latencies(first, last), tally.Added(first, last));
    return new(
        rate,
        delivered / elapsed,
        latencies[latencies.Length / 2],
        latencies[(int)(latencies.Length * 0.99)],
        latencies[^1],
        added.ElementAtOrDefault(added.Length / 2),
        added.ElementAtOrDefault((int)(added.Length * 0.99)),
        used * 1e6 / delivered,
        tally.Lost(first, last),
        share,
        Rss() / 1024.0
    );
}

// Raises the rate by a quarter until it fails, then bisects; also ends if no rate succeeds.
async Task HighestAsync(double from)
{
    var (good, bad) = (0.0, 0.0);
    for (
        var rate = from;
        rate > 100 && (bad == 0 || bad / good > 1.04);
        rate = bad == 0 ? rate * 1.25 : Math.Sqrt(good * bad)
    )
    {
        var result = await MeasureAsync(rate, 6);
        Print(result);
        if (result.P99 < 100 && result.Achieved > 0.98 * rate && result.Lost == 0)
            good = rate;
        else
            bad = rate;
        if (good == 0)
        {
            rate /= 2;
            bad = 0;
        }
        await Task.Delay(1_000);
    }
    Console.WriteLine($"highest {kind}: {good:0} messages/s with p99 < 100 ms; {tally.Faults}");
}

async Task IdleAsync()
{
    await ConnectAsync(people / 3);
    await Task.Delay(15_000);
    var (few, before) = (connections.Count, Rss());
    await ConnectAsync(people);
    await Task.Delay(15_000);
    Console.WriteLine(
        $"idle {kind}: {(Rss() - before) / (double)(people - few):0.0} KiB per connection ({few} → {people} connections, {before >> 10} → {Rss() >> 10} MiB)"
    );
}

void Print(Result r) =>
    Console.WriteLine(
        $"{kind, -12} offered {r.Offered, 6:0}/s, achieved {r.Achieved, 6:0}/s, p50 {r.P50, 6:0.0} ms, p99 {r.P99, 6:0.0} ms, max {r.Max, 6:0} ms, "
            + $"after the sender p50 {r.Added50:0.0} ms, p99 {r.Added99:0.0} ms, "
            + $"CPU {r.Cpu, 4:0} µs/message, lost {r.Lost}, {tally.Faults}, load {100 * r.Load:0} %, RSS {r.Rss:0} MiB"
    );

// All servers' user and system time in seconds (proc(5), fields 14 and 15, in hundredths).
double Cpu() => pids.Sum(CpuOf);

static double CpuOf(string pid)
{
    var stat = File.ReadAllText($"/proc/{pid}/stat");
    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    return (long.Parse(fields[11]) + long.Parse(fields[12])) / 100.0;
}

long Rss() => pids.Sum(RssOf);

static long RssOf(string pid) =>
    long.Parse(
        File.ReadLines($"/proc/{pid}/status")
            .First(line => line.StartsWith("VmRSS", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
    );

static string[] Vocabulary() =>
    [
        .. from stem in "hola sigue disponible bici precio envío quedamos mañana tarde gracias recogida estación euros vale luego mide color nuevo usado caja señal mesa silla".Split(
            ' '
        )
        from ending in new[] { "", "s", "ito", "illo", "ada", "ero" }
        select stem + ending,
        "que",
        "de",
        "la",
        "no",
        "sí",
        "un",
        "es",
        "y",
    ];

internal sealed record Result(
    double Offered,
    double Achieved,
    double P50,
    double P99,
    double Max,
    double Added50,
    double Added99,
    double Cpu,
    int Lost,
    double Load,
    double Rss
);
