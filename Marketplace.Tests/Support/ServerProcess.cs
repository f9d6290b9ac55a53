using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Marketplace.Tests.Support;

/// <summary>The product in a process of its own, which can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The product's own build, in the configuration of this one.</summary>
    public static string Program { get; } =
        Path.Combine(
            Sources.Root,
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "Marketplace.Web.dll"
        );

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What it has written on the console, line by line.</summary>
    public IEnumerable<string> Said => said;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts on the database of this folder, with the demo's people, and waits until it answers.</summary>
    public static async Task<ServerProcess> StartAsync(DirectoryInfo folder)
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://{free.LocalEndpoint}";
        free.Stop();
        // Without the signal that ends who writes beyond the limit for files, see LimitFiles.
        var start = new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", Program, "--urls", url])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["ConnectionStrings__Marketplace"] =
            $"Data Source={Path.Combine(folder.FullName, "marketplace.db")}";
        start.Environment["Files__Path"] = Path.Combine(folder.FullName, "files");
        start.Environment["Demo__Seed"] = "true";
        start.Environment["Limits__Enabled"] = "false";
        var server = new ServerProcess(Process.Start(start)!);
        server.Client.BaseAddress = new Uri(url);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>Signs in as one of the demo's people.</summary>
    public async Task SignInAsync(string email) =>
        Client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(email));

    /// <summary>A bearer token of one of the demo's people.</summary>
    public async Task<string> TokenAsync(string email)
    {
        var answer = await Client.PostAsJsonAsync("/api/account/login", new { email, password = "Demo-1234" });
        answer.EnsureSuccessStatusCode();
        var tokens = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        return tokens.GetProperty("accessToken").GetString()!;
    }

    /// <summary>SIGKILL: it gets no chance to write anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a deployment does it.</summary>
    public void Terminate() => Assert.Equal(0, Signal(process.Id, 15));

    /// <summary>Ten seconds are what a deployment gives it before it kills.</summary>
    public Task ExitedAsync() => process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>
    /// Lets no file grow beyond this length, as on a disk that is full; null: there is room again.
    /// </summary>
    public void LimitFiles(long? length)
    {
        using var change = Process.Start(
            "prlimit",
            [
                "--pid",
                $"{process.Id}",
                $"--fsize={length?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited",
            ]
        );
        change.WaitForExit();
        Assert.Equal(0, change.ExitCode);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        Client.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);

    private async Task AnswersAsync()
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < until; await Task.Delay(50))
        {
            Assert.False(process.HasExited, "It ended: " + string.Join('\n', said));
            try
            {
                if ((await Client.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        Assert.Fail("It never answered: " + string.Join('\n', said));
    }
}
