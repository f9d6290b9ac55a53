using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>Two nodes behind the proxy as it is delivered, and one of them is stopped.</summary>
[Collection(SecondSite.Name)]
public sealed class MovingTests(Site site) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-moving-");
    private readonly ConcurrentQueue<int> answers = new();
    private RedisServer redis = default!;
    private ServerProcess[] nodes = [];
    private ProxyServer proxy = default!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(ProxyServer.Program))
            return;
        redis = await RedisServer.StartNewAsync();
        nodes = [await StartAsync(), await StartAsync()];
        proxy = await ProxyServer.StartAsync(nodes[0], nodes[1]);
    }

    public async Task DisposeAsync()
    {
        proxy?.Dispose();
        Array.ForEach(nodes, node => node.Dispose());
        if (redis is not null)
            await redis.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [ProxyFact]
    public async Task The_proxy_takes_the_file_that_is_delivered_without_a_word()
    {
        var (code, said) = await ProxyServer.CheckAsync();
        Assert.Equal(0, code);
        Assert.DoesNotContain("WARNING", said);
    }

    [ProxyFact]
    public async Task A_page_whose_node_stops_goes_on_at_the_other_with_its_draft_and_what_was_said_meanwhile()
    {
        await using var bruno = await site.VisitAsync(
            "bruno",
            device => device.IgnoreHTTPSErrors = true,
            proxy.Address
        );
        bruno.ExpectComplaints();
        bruno.Page.Response += (_, answer) => Note(answer);
        await bruno.OpenAsync("/messages/1");
        var node = await NodeAsync(bruno);
        await bruno.Text.PressSequentiallyAsync("A medio escribir");
        await bruno.Text.EvaluateAsync("(text) => { text.setSelectionRange(1, 1); window.before = true; }");

        nodes[node].Terminate();
        await bruno.Page.GetByText("Actualizando").WaitForAsync();
        var said = await PostAsync(Guid.NewGuid());
        await bruno.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('[data-ready]')");
        Assert.EndsWith("/messages/1", bruno.Page.Url);
        Assert.Equal(1 - node, await NodeAsync(bruno));
        await Assertions.Expect(bruno.Text).ToBeFocusedAsync();
        await bruno.Page.Keyboard.TypeAsync(" solo");
        await Assertions.Expect(bruno.Text).ToHaveValueAsync("A solo medio escribir");
        await Assertions.Expect(bruno.Log.GetByText("Mientras tanto", new() { Exact = true })).ToHaveCountAsync(1);

        await nodes[node].ExitedAsync();
        Assert.Equal(0, nodes[node].ExitCode);
        Assert.Equal(said, await PostAsync(said.ClientId));
        await bruno.Send.ClickAsync();
        await bruno.SeesAsync("A solo medio escribir");
        Assert.All(answers, status => Assert.InRange(status, 200, 399));
    }

    private Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(
            folder,
            ("Relay:Redis", redis.Address),
            ("Hosting:Drain", "4"),
            ("Proxy:Addresses:0", "127.0.0.1")
        );

    private void Note(IResponse answer)
    {
        if (answer.Request.ResourceType is "document" or "script" or "stylesheet")
            answers.Enqueue(answer.Status);
    }

    private static async Task<int> NodeAsync(Visit visit)
    {
        var cookies = await visit.Page.Context.CookiesAsync();
        var cookie = Assert.Single(cookies, one => one.Name == "marketplace.node");
        Assert.True(cookie is { HttpOnly: true, Secure: true });
        return int.Parse(cookie.Value, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    // Ana's program, through the proxy: the same message again and again is stored once.
    private async Task<(Guid ClientId, long Seq)> PostAsync(Guid clientId)
    {
        using var ana = proxy.Client();
        var login = new { email = "ana@demo.local", password = MarketplaceApp.Password };
        var entered = await ana.PostAsJsonAsync("/api/account/login", login);
        var token = (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        ana.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var answer = await ana.PostAsJsonAsync("/api/rooms/1/messages", new { clientId, body = "Mientras tanto" });
        answer.EnsureSuccessStatusCode();
        return (clientId, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64());
    }
}
