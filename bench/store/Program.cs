using System.Diagnostics;
using System.Globalization;
using Marketplace.Bench.Store;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

// Store FOLDER [screens] [journal]: creates FOLDER/small.db and FOLDER/large.db if missing, and measures.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = Directory
    .CreateDirectory(args is [var first, ..] ? first : Path.Combine(Path.GetTempPath(), "marketplace-store"))
    .FullName;
var wanted = args.Skip(1).ToHashSet();
var small = await MakeAsync("small", Size.Small);
var large = await MakeAsync("large", Size.Large);
if (wanted.Count == 0 || wanted.Contains("screens"))
    await CompareAsync();
if (wanted.Count == 0 || wanted.Contains("journal"))
    await WriteAsync();

async Task<string> MakeAsync(string name, Size size)
{
    var file = Path.Combine(folder, $"{name}.db");
    if (File.Exists(file + ".ready"))
        return file;
    File.Delete(file);
    var watch = Stopwatch.StartNew();
    await using (await Site.OpenAsync(file)) { }
    await new Seed(file, size).FillAsync();
    Console.WriteLine($"{name}: filled in {watch.Elapsed.TotalSeconds:0} s");
    watch.Restart();
    await using (await Site.OpenAsync(file)) { }
    Console.WriteLine($"{name}: indexed in {watch.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length >> 20} MiB");
    await File.WriteAllTextAsync(file + ".ready", "");
    return file;
}

async Task CompareAsync()
{
    await using var little = await Site.OpenAsync(small);
    await using var much = await Site.OpenAsync(large);
    Console.WriteLine($"{"screen", -58} {"1,000", 9} {"5 M", 9} {"ratio", 6}   (warm medians, ms)");
    foreach (var (name, screen) in Screens())
    {
        var (one, other) = (await MedianAsync(little, screen), await MedianAsync(much, screen));
        Console.WriteLine($"{name, -58} {one, 9:0.000} {other, 9:0.000} {other / one, 6:0.00}");
    }
}

static IEnumerable<(string Name, Func<Site, Task<int>> Screen)> Screens()
{
    yield return ("room at its end", site => RoomAsync(site, Seed.Seller));
    yield return ("room at its first unread", site => HistoryAsync(site, new(After: 100)));
    yield return (
        "room at a date",
        site => HistoryAsync(site, new(From: new DateTime(2026, 1, 1, 8, 30, 0, DateTimeKind.Utc)))
    );
    yield return ("page back in the middle", site => HistoryAsync(site, new(Before: 120)));
    yield return ("conversations of the one with half of all rooms", site => ListAsync(site, Seed.Seller));
    yield return ("conversations of the one with one room", site => ListAsync(site, Seed.BuyerOfOne));
    yield return (
        "unread total of the one with half of all rooms",
        async site => (await Get<InboxService>(site, Seed.Seller).UnreadAsync()).Count
    );
    yield return ("dashboard of 90 days", DashboardAsync);
    foreach (
        var (name, filter) in new (string, RoomFilter)[]
        {
            ("", RoomFilter.None),
            (", by a person's name", new("persona 1")),
            (", unanswered for a day", new(Shelf: RoomShelf.Unanswered)),
            (", with a risk (one in 100)", new(Shelf: RoomShelf.Risky)),
            (", reported (there is none)", new(Shelf: RoomShelf.Reported)),
            (", of a reserved listing (one in 50)", new(State: ListingState.Reserved)),
            (", of the one with half of all rooms", new(Person: Seed.Seller)),
            (", of one day", new(Since: new(2026, 6, 1), Until: new(2026, 6, 1))),
        }
    )
        yield return ($"administrator's rooms{name}", site => RoomsAsync(site, filter));
    foreach (var word in new[] { Seed.Common, Seed.Rare, "bicicletas mañanas", "nadadeesto" })
        yield return ($"search in all messages and its record, \"{word}\"", site => FindAsync(site, word));
    yield return ("one entry of the record", RecordAsync);
    foreach (
        var (who, id) in new[]
        {
            ("half of all rooms", Seed.Seller),
            ("one short room", Seed.BuyerOfOne),
            ("the longest room", Seed.BuyerOfLongest),
        }
    )
    foreach (var word in new[] { Seed.Common, Seed.Rare, "bicicletas mañanas", "nadadeesto" })
        yield return (
            $"search \"{word}\", {who}",
            async site => (await Get<SearchService>(site, id).FindAsync(word)).Count
        );
}

static async Task<double> MedianAsync(Site site, Func<Site, Task<int>> screen)
{
    for (var i = 0; i < 150; i++)
        await screen(site);
    var times = new double[101];
    for (var i = 0; i < times.Length; i++)
    {
        var start = Stopwatch.GetTimestamp();
        await screen(site);
        times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
    Array.Sort(times);
    return times[times.Length / 2];
}

static T Get<T>(Site site, long user)
    where T : notnull => site.As(user).GetRequiredService<T>();

static async Task<int> RoomAsync(Site site, long user)
{
    using var room = Get<ChatService>(site, user).Open(Seed.LongestRoom, work => work());
    return await room.LoadAsync() ? room.Window.Messages.Count : throw new InvalidOperationException("No such room.");
}

static async Task<int> HistoryAsync(Site site, MessageRange window) =>
    (await Get<ChatService>(site, Seed.Seller).HistoryAsync(Seed.LongestRoom, window)).Value!.Count;

static async Task<int> ListAsync(Site site, long user) => (await Get<InboxService>(site, user).PageAsync()).Count;

static async Task<int> DashboardAsync(Site site) =>
    (await Get<DashboardService>(site, Seed.Administrator).FindAsync(DashboardService.MaxDays))!.Days.Count;

static async Task<int> RoomsAsync(Site site, RoomFilter filter) =>
    (await Get<SupervisionService>(site, Seed.Administrator).RoomsAsync(filter)).Rows.Count;

static async Task<int> FindAsync(Site site, string text)
{
    var look = Look.For(LookReason.Fraud, null)!;
    return (await Get<MessageSearchService>(site, Seed.Administrator).FindAsync(look, text)).Rows.Count;
}

static async Task<int> RecordAsync(Site site)
{
    await Get<AuditRecord>(site, Seed.Administrator)
        .WriteAsync(Seed.Administrator, new(AuditAction.RoomOpened, Seed.ShortRoom));
    return 1;
}

// Each sender waits for the answer before the next message, as the outbox does.
async Task WriteAsync()
{
    Console.WriteLine($"{"journal", -30} {"msg/s", 8} {"µs CPU", 8}");
    foreach (var source in new[] { small, large })
    {
        var copy = source + ".copy";
        File.Copy(source, copy, overwrite: true);
        await using (var site = await Site.OpenAsync(copy))
            foreach (var senders in new[] { 1, 16, 16, 128 })
                await SendAsync(site, Path.GetFileNameWithoutExtension(source), senders);
        File.Delete(copy);
    }
}

static async Task SendAsync(Site site, string name, int senders)
{
    const int seconds = 6;
    var count = 0;
    var (cpu, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
    await Task.WhenAll(
        Enumerable
            .Range(0, senders)
            .Select(sender =>
                Task.Run(async () =>
                {
                    var chat = Get<ChatService>(site, Seed.Seller);
                    var room = 1 + 2 * (sender % 9);
                    while (watch.Elapsed.TotalSeconds < seconds)
                    {
                        var sent = await chat.SendAsync(
                            room,
                            Guid.CreateVersion7(),
                            $"Hola, ¿sigue disponible la bicicleta? Podemos quedar mañana por la tarde en la estación {sender}."
                        );
                        if (!sent.Succeeded)
                            throw new InvalidOperationException(sent.Refusal.Text);
                        Interlocked.Increment(ref count);
                    }
                })
            )
    );
    var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
    Console.WriteLine(
        $"{name + ", " + senders + " senders", -30} {count / watch.Elapsed.TotalSeconds, 8:0} {used.TotalMicroseconds / count, 8:0}"
    );
}
