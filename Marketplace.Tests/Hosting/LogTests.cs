using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Hosting;

/// <summary>What a server in a process of its own writes on the console and into its file.</summary>
public sealed class LogTests(LogTests.Running running) : IClassFixture<LogTests.Running>
{
    public sealed class Running : IAsyncLifetime
    {
        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("marketplace-log-");
        public ServerProcess Server { get; private set; } = default!;

        public async Task InitializeAsync() => Server = await ServerProcess.StartAsync(Folder);

        public Task DisposeAsync()
        {
            Server.Dispose();
            Folder.Delete(recursive: true);
            return Task.CompletedTask;
        }
    }

    private ServerProcess Server => running.Server;

    [Fact]
    public async Task A_request_is_one_line_that_says_who_asked_and_from_where()
    {
        using var me = await BrunoAsync("/api/account/me?busca=secreto");
        using var answer = await Server.Client.SendAsync(me);
        var person = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var line = Assert.Single(await LinesAsync("/api/account/me"));
        Assert.Equal($"{person.GetProperty("id")}", line.GetProperty("PersonId").GetString());
        Assert.Equal("127.0.0.1", line.GetProperty("ClientAddress").GetString());
        Assert.Equal("GET", line.GetProperty("RequestMethod").GetString());
        Assert.Equal(200, line.GetProperty("StatusCode").GetInt32());
        Assert.True(line.GetProperty("Elapsed").GetDouble() > 0);
        var trace = line.GetProperty("@tr").GetString()!;
        Assert.Contains(Server.Said, said => said.Contains(trace) && said.Contains("GET /api/account/me 200 in "));
        AssertUnsaid("secreto");
        AssertUnsaid(person.GetProperty("displayName").GetString()!);
    }

    [Fact]
    public async Task Whoever_watches_the_health_of_the_site_leaves_no_line()
    {
        (await Server.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        await Server.Client.GetAsync("/despues");
        Assert.Equal("-", Assert.Single(await LinesAsync("/despues")).GetProperty("PersonId").GetString());
        Assert.DoesNotContain(Written(), line => IsAbout(line, "/health/ready"));
        Assert.DoesNotContain(Server.Said, said => said.Contains("/health"));
    }

    [Fact]
    public async Task A_path_with_line_breaks_stays_in_its_line()
    {
        await Server.Client.GetAsync("/nada%0A12:00:00.000%20INF%20inventado%0D%C2%85%E2%80%A8%E2%80%A9fin");
        Assert.Single(await LinesAsync("/nada\n12:00:00.000 INF inventado\r\u0085\u2028\u2029fin"));
        Assert.Contains(
            "\\u000d\\u0085\\u2028\\u2029fin",
            Assert.Single(Server.Said, said => said.Contains("inventado"))
        );
        // Raw, as JSON may hold them, they are the end of a line to some readers.
        Assert.Empty(Text().Intersect("\u0085\u2028\u2029"));
    }

    [Fact]
    public async Task A_visitor_neither_chooses_the_trace_of_a_line_nor_learns_what_serves_the_page()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/con-traza");
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        using var answer = await Server.Client.SendAsync(request);
        Assert.NotEqual(trace, Assert.Single(await LinesAsync("/con-traza")).GetProperty("@tr").GetString());
        AssertUnsaid(trace);
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task The_token_of_whoever_connects_to_the_hub_is_nowhere()
    {
        var token = await Server.TokenAsync("ana@demo.local");
        await using (var hers = await HubClient.ConnectAsync(Server.Client.BaseAddress!, token))
            await Assert.ThrowsAnyAsync<Exception>(() => hers.CallAsync("Typing", new { roomId = 0 }));
        var line = Assert.Single(await LinesAsync("/hubs/chat"));
        Assert.Equal(101, line.GetProperty("StatusCode").GetInt32());
        Assert.NotEqual("-", line.GetProperty("PersonId").GetString());
        AssertUnsaid(token);
        AssertUnsaid(Uri.EscapeDataString(token));
    }

    [Fact]
    public async Task A_sign_in_and_its_failure_are_lines_of_the_security_log_without_the_password()
    {
        const string wrong = "esta-no-es-7788";
        await Server.Client.PostAsJsonAsync("/api/account/login", new { email = "lucia@demo.local", password = wrong });
        await Server.TokenAsync("lucia@demo.local");
        var lines = Written().FindAll(line => line.TryGetProperty("SecurityEvent", out _));
        var failed = lines.FindLast(line => line.GetProperty("SecurityEvent").GetString() == "SignInFailed");
        var entered = lines.FindLast(line => line.GetProperty("SecurityEvent").GetString() == "SignedIn");
        Assert.Equal(failed.GetProperty("AccountId").GetString(), entered.GetProperty("AccountId").GetString());
        Assert.Equal("127.0.0.1", entered.GetProperty("ClientAddress").GetString());
        Assert.True(Guid.TryParse(entered.GetProperty("SessionId").GetString(), out _));
        Assert.NotEqual(failed.GetProperty("@tr").GetString(), entered.GetProperty("@tr").GetString());
        AssertUnsaid(wrong);
    }

    [Fact]
    public void Other_accounts_of_the_machine_can_read_nothing_that_the_server_writes()
    {
        var written = running.Folder.GetFileSystemInfos("*", SearchOption.AllDirectories);
        string[] names = ["marketplace.db", "marketplace.db-wal", "marketplace.db-shm", "files", "logs"];
        Assert.Empty(names.Except(written.Select(one => one.Name)));
        Assert.Contains(written, one => one is FileInfo { Directory.Name: "files" });
        const UnixFileMode others = (UnixFileMode)0x3F; // 077
        Assert.Empty(written.Where(one => (one.UnixFileMode & others) != 0).Select(one => one.FullName));
    }

    private async Task<HttpRequestMessage> BrunoAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", await Server.TokenAsync("bruno@demo.local"));
        return request;
    }

    // A request is logged when it ends, which its client does not wait for.
    private async Task<List<JsonElement>> LinesAsync(string path)
    {
        List<JsonElement> lines = [];
        await Eventually.TrueAsync(
            () => (lines = Written().FindAll(line => IsAbout(line, path))).Count > 0,
            $"the log has a line about {path}"
        );
        await Eventually.TrueAsync(
            () => Server.Said.Any(said => said.Contains($"{lines[0].GetProperty("@tr")}")),
            "the console has it too"
        );
        return lines;
    }

    private static bool IsAbout(JsonElement line, string path) =>
        line.TryGetProperty("Elapsed", out _) && line.GetProperty("RequestPath").GetString() == path;

    private List<JsonElement> Written()
    {
        var text = Text();
        return
        [
            .. text[..(text.LastIndexOf('\n') + 1)]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }

    private string Text() =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(running.Folder.FullName, "logs"))));

    private void AssertUnsaid(string words)
    {
        Assert.DoesNotContain(words, Text());
        Assert.DoesNotContain(Server.Said, said => said.Contains(words));
    }
}
