using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;

namespace Marketplace.Tests.Support;

public sealed class ServerProcess : IDisposable
{
    private const string Says = "Marketplace: ";

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

    public static string Program { get; } =
        Path.Combine(
            Sources.Root,
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "Marketplace.Web.dll"
        );

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public IEnumerable<string> Said => said;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts with the demo data on this folder's database, and waits until it answers.</summary>
    public static Task<ServerProcess> StartAsync(
        DirectoryInfo folder,
        params (string Name, string Value)[] environment
    ) => StartAsync(Program, folder, environment);

    /// <summary>The same for another build of the product.</summary>
    public static async Task<ServerProcess> StartAsync(
        string program,
        DirectoryInfo folder,
        params (string Name, string Value)[] environment
    )
    {
        // Ignores the signal for exceeding the file size limit; see LimitFiles. The mask is what most systems begin with.
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "trap '' XFSZ; umask 022; exec dotnet \"$@\"", "sh", program, "--urls", "http://127.0.0.1:0"]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["ConnectionStrings__Marketplace"] =
            $"Data Source={Path.Combine(folder.FullName, "marketplace.db")}";
        start.Environment["Files__Path"] = Path.Combine(folder.FullName, "files");
        // Elsewhere the demo's people can't sign in.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Demo__Seed"] = "true";
        start.Environment["Limits__Enabled"] = "false";
        // As in the tests' own process: a short life does not repay being profiled.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        await server.AnswersAsync();
        return server;
    }

    public async Task SignInAsync(string email) =>
        Client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(email));

    public async Task<string> TokenAsync(string email)
    {
        var answer = await Client.PostAsJsonAsync("/api/account/login", new { email, password = "Demo-1234" });
        answer.EnsureSuccessStatusCode();
        var tokens = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        return tokens.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Sends SIGKILL: it cannot write anything more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as a deployment does.</summary>
    public void Terminate() => Assert.Equal(0, Signal(process.Id, 15));

    /// <summary>Sends SIGSTOP: it neither works nor answers until <see cref="GoOn"/>.</summary>
    public void Pause() => Assert.Equal(0, Signal(process.Id, 19));

    public void GoOn() => Assert.Equal(0, Signal(process.Id, 18));

    /// <summary>Waits ten seconds, after which a deployment would kill it.</summary>
    public Task ExitedAsync() => process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Limits the size of files in bytes, to simulate a full disk; null removes the limit.</summary>
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
    internal static extern int Signal(int process, int signal);

    // A port chosen here could be another server's by the time this one asks for it.
    private async Task AnswersAsync()
    {
        await Eventually.TrueAsync(
            () => process.HasExited || Address() is not null,
            "the server says where it listens"
        );
        Assert.False(process.HasExited, "It ended: " + string.Join('\n', said));
        Client.BaseAddress = Address();
        (await Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
    }

    private Uri? Address() =>
        said.Where(line => line.StartsWith(Says, StringComparison.Ordinal))
            .Select(line => new Uri(line[Says.Length..]))
            .FirstOrDefault();
}
