using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Tests.Api;

public sealed class DealApiTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task Programs_bargain_by_HTTP_and_at_the_hub_as_people_do()
    {
        var (ana, bruno, room) = await TalkAsync();
        using var his = await bruno.ClientAsync();
        using var hers = await ana.ClientAsync();
        await using var hub = await HubClient.ConnectAsync(app, his.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.Equal("none", Stage(await his.GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/deal")));

        Assert.Equal("offered", Stage(await DoAsync(his, room, new { act = "offer", price = 600_00 })));
        var countered = await DoAsync(hers, room, new { act = "offer", price = 650_00 });
        Assert.Equal("seller", countered.GetProperty("by").GetString());
        var agreed = await hub.CallAsync(
            "Deal",
            new { roomId = room, act = new { clientId = Guid.NewGuid(), act = "accept" } }
        );
        Assert.Equal(("agreed", 650_00), (Stage(agreed), agreed.GetProperty("price").GetInt64()));

        var at = DateTimeOffset.UtcNow.AddDays(1).ToOffset(TimeSpan.FromHours(2));
        var proposed = await DoAsync(
            hers,
            room,
            new
            {
                act = "propose",
                at,
                place = "Sol",
                zone = "Europe/Madrid",
            }
        );
        Assert.Equal(at.UtcDateTime, proposed.GetProperty("proposal").GetProperty("at").GetDateTime());
        Assert.Equal("meeting", Stage(await DoAsync(his, room, new { act = "confirm" })));
        await Eventually.TrueAsync(
            () => hub.Events.Count(one => one.Target == "MessagePosted") >= 5,
            "each step is a message"
        );
    }

    [Theory]
    [InlineData("""{"act": 0, "price": 60000}""")]
    [InlineData("""{"act": "0", "price": 60000}""")]
    [InlineData("""{"act": "haggle", "price": 60000}""")]
    [InlineData("""{"act": "offer,accept", "price": 60000}""")]
    [InlineData("""{"act": "withdraw,accept", "price": 60000}""")]
    [InlineData(
        """{"act": "propose", "place": "Sol", "at": "2099-01-01T18:00:00Z", "zone": "Romance Standard Time"}"""
    )]
    [InlineData("""{"act": "offer"}""")]
    [InlineData("""{"act": "offer", "price": 60050}""")]
    [InlineData("""{"act": "offer", "price": -60000}""")]
    [InlineData("""{"act": "propose", "place": "Sol", "at": "2099-01-01T18:00:00"}""")]
    [InlineData("""{"act": "propose", "place": "Sol", "at": "tomorrow"}""")]
    [InlineData("""{"act": "propose", "place": "Sol", "at": 4070908800}""")]
    [InlineData("""{"act": "cancel", "reason": 1}""")]
    public async Task What_is_no_act_is_refused_with_a_sentence_and_changes_nothing(string act)
    {
        var (_, bruno, room) = await TalkAsync();
        using var his = await bruno.ClientAsync();
        var body = act.Replace("{\"act\"", $"{{\"clientId\": \"{Guid.NewGuid()}\", \"act\"", StringComparison.Ordinal);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await his.PostAsync($"/api/rooms/{room}/deal", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
        Assert.Equal("none", Stage(await his.GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/deal")));

        await using var hub = await HubClient.ConnectAsync(app, his.DefaultRequestHeaders.Authorization!.Parameter!);
        using var parsed = JsonDocument.Parse(body);
        await Assert.ThrowsAsync<HubException>(() => hub.CallAsync("Deal", new { roomId = room, act = parsed }));
        Assert.Equal("none", Stage(await his.GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/deal")));
    }

    private async Task<(Person Ana, Person Bruno, long Room)> TalkAsync()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        return (ana, bruno, await bruno.ContactsAsync(await ana.SellsAsync(price: "700")));
    }

    private static async Task<JsonElement> DoAsync(HttpClient client, long room, object act)
    {
        var fields = JsonSerializer.SerializeToNode(act)!.AsObject();
        fields["clientId"] = Guid.NewGuid();
        var answer = await client.PostAsJsonAsync($"/api/rooms/{room}/deal", fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Stage(JsonElement deal) => deal.GetProperty("stage").GetString()!;
}
