using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>A node is stopped while people are there. <c>scripts/soak</c> sets MARKETPLACE_SOAK_ROLLS.</summary>
[Collection(SecondSite.Name)]
public sealed class MovingTests(Site site, Fleet fleet) : IClassFixture<Fleet>
{
    private static readonly int Rolls = Soak.Setting("MARKETPLACE_SOAK_ROLLS", 1);

    private readonly ConcurrentQueue<int> answers = new();

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
        await fleet.CompleteAsync();
        await using var bruno = await site.VisitAsync(
            "bruno",
            device => device.IgnoreHTTPSErrors = true,
            fleet.Proxy.Address
        );
        bruno.ExpectComplaints();
        bruno.Page.Response += (_, answer) => Note(answer);
        await bruno.OpenAsync("/messages/1");
        var node = await NodeAsync(bruno);
        await bruno.Text.PressSequentiallyAsync("A medio escribir");
        await bruno.Text.EvaluateAsync("(text) => { text.setSelectionRange(1, 1); window.before = true; }");

        fleet.Nodes[node].Terminate();
        await bruno.Page.GetByText("Actualizando").WaitForAsync();
        using var ana = await fleet.EnterAsync("ana@demo.local");
        var clientId = Guid.NewGuid();
        var seq = await PostAsync(ana, 1, clientId, "Mientras tanto");
        await bruno.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('[data-ready]')");
        Assert.EndsWith("/messages/1", bruno.Page.Url);
        Assert.Equal(1 - node, await NodeAsync(bruno));
        await Assertions.Expect(bruno.Text).ToBeFocusedAsync();
        await bruno.Page.Keyboard.TypeAsync(" solo");
        await Assertions.Expect(bruno.Text).ToHaveValueAsync("A solo medio escribir");
        await Assertions.Expect(bruno.Log.GetByText("Mientras tanto", new() { Exact = true })).ToHaveCountAsync(1);

        await fleet.Nodes[node].ExitedAsync();
        Assert.Equal(0, fleet.Nodes[node].ExitCode);
        Assert.Equal(seq, await PostAsync(ana, 1, clientId, "Mientras tanto"));
        await bruno.Send.ClickAsync();
        await bruno.SeesAsync("A solo medio escribir");
        Assert.All(answers, status => Assert.InRange(status, 200, 399));
    }

    [ProxyFact]
    public async Task Nodes_that_are_replaced_one_after_the_other_refuse_and_lose_nothing()
    {
        await fleet.CompleteAsync();
        using var ana = await fleet.EnterAsync("ana@demo.local");
        // Not the room of the page, whose reader would come back to hundreds of unread messages.
        var rooms = await ana.GetFromJsonAsync<JsonElement>("/api/rooms?limit=199");
        var ids = rooms.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetInt64());
        var room = ids.First(id => id != 1);
        var first = await PostAsync(ana, room, Guid.NewGuid(), "Empieza");
        using var stop = new CancellationTokenSource();
        var sending = Task.WhenAll(SendAsync(ana, room, stop.Token), SendAsync(ana, room, stop.Token));
        for (var roll = 0; roll < Rolls; roll++)
            await fleet.RollAsync(roll % 2);
        await stop.CancelAsync();
        var sent = (await sending).SelectMany(seqs => seqs).Order().ToList();
        Assert.NotEmpty(sent);
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(i => first + i), sent);
    }

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
        return int.Parse(cookie.Value, CultureInfo.InvariantCulture) - 1;
    }

    // Whoever is refused once fails the test.
    private static async Task<List<long>> SendAsync(HttpClient person, long room, CancellationToken stop)
    {
        var sent = new List<long>();
        while (!stop.IsCancellationRequested)
            sent.Add(await PostAsync(person, room, Guid.CreateVersion7(), $"Y {sent.Count}"));
        return sent;
    }

    private static async Task<long> PostAsync(HttpClient person, long room, Guid clientId, string body)
    {
        var answer = await person.PostAsJsonAsync($"/api/rooms/{room}/messages", new { clientId, body });
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64();
    }
}
