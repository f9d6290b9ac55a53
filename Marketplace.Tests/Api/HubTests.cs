using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Api;

public sealed class HubTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task What_one_posts_the_other_hears_without_joining()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await using var hers = await ConnectAsync(ana);
        await using var his = await ConnectAsync(bruno);
        var post = new
        {
            roomId = room,
            clientId = Guid.NewGuid(),
            body = "Hola, Ana",
        };
        var stored = await his.CallAsync("Post", post);
        Assert.Equal(1, stored.GetProperty("seq").GetInt64());
        Assert.Equal(1, (await his.CallAsync("Post", post)).GetProperty("seq").GetInt64());
        await his.CallAsync("Typing", new { roomId = room });
        await hers.CallAsync("MarkRead", new { roomId = room, seq = 1 });
        await Eventually.TrueAsync(() => his.Events.Any(e => e.Target == "RoomRead"), "Bruno hears that Ana has read");
        await Eventually.TrueAsync(() => hers.Events.Any(e => e.Target == "Typing"), "Ana hears that Bruno types");
        var heard = Assert.Single(hers.Events, e => e.Target == "MessagePosted").Argument;
        Assert.Equal("Hola, Ana", heard.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Who_keeps_presence_private_hears_nobody_write()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var accounts = ana.Get<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        user.HidesPresence = true;
        Assert.True((await accounts.UpdateAsync(user)).Succeeded);
        await using var hers = await ConnectAsync(ana);
        await using var his = await ConnectAsync(bruno);
        await his.CallAsync("Typing", new { roomId = room });
        await bruno.SaysAsync(room, "Hola");
        await Eventually.TrueAsync(() => hers.Events.Any(e => e.Target == "MessagePosted"), "what came after is there");
        Assert.DoesNotContain(hers.Events, e => e.Target == "Typing");
    }

    [Fact]
    public async Task Changes_by_HTTP_are_heard_at_the_hub_and_caught_up_by_rev()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await using var hers = await ConnectAsync(ana);
        await hers.CallAsync("Typing", new { roomId = room });
        using var his = await bruno.ClientAsync();
        await bruno.SaysAsync(room, "Te doy 100");
        var answer = new
        {
            clientId = Guid.NewGuid(),
            body = "o 110",
            replyTo = 1,
        };
        await his.PostAsJsonAsync($"/api/rooms/{room}/messages", answer);
        (
            await his.PutAsJsonAsync($"/api/rooms/{room}/messages/1", new { body = "Te doy 105" })
        ).EnsureSuccessStatusCode();
        (
            await his.PutAsJsonAsync($"/api/rooms/{room}/messages/2/reaction", new { sign = "🙏" })
        ).EnsureSuccessStatusCode();
        (await his.DeleteAsync($"/api/rooms/{room}/messages/1")).EnsureSuccessStatusCode();
        Assert.Equal(
            System.Net.HttpStatusCode.Forbidden,
            (await (await ana.ClientAsync()).DeleteAsync($"/api/rooms/{room}/messages/2")).StatusCode
        );
        await Eventually.TrueAsync(
            () => hers.Events.Count(e => e.Target == "MessageChanged") == 3,
            "all three are heard"
        );
        var last = hers.Events.Last(e => e.Target == "MessageChanged").Argument;
        Assert.Equal(
            ("", 1L, 5L),
            (
                last.GetProperty("body").GetString(),
                last.GetProperty("seq").GetInt64(),
                last.GetProperty("rev").GetInt64()
            )
        );
        var changed = await his.GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/messages?changedAfter=2");
        Assert.Equal(
            [2, 1],
            changed.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("seq").GetInt64())
        );
    }

    [Fact]
    public async Task Errors_are_a_code_and_a_sentence()
    {
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await using var hers = await ConnectAsync(dora);
        var stranger = await Assert.ThrowsAsync<HubException>(() =>
            hers.CallAsync(
                "Post",
                new
                {
                    roomId = room,
                    clientId = Guid.NewGuid(),
                    body = "?",
                }
            )
        );
        Assert.StartsWith("not_found: ", stranger.Message);
        await using var his = await ConnectAsync(bruno);
        var empty = await Assert.ThrowsAsync<HubException>(() =>
            his.CallAsync(
                "Post",
                new
                {
                    roomId = room,
                    clientId = Guid.NewGuid(),
                    body = " ",
                }
            )
        );
        Assert.StartsWith("invalid: ", empty.Message);
        var unknown = await Assert.ThrowsAsync<HubException>(() => his.CallAsync("Nope", new { }));
        Assert.StartsWith("invalid: ", unknown.Message);
        foreach (
            var call in new object?[]
            {
                null,
                new
                {
                    roomId = room,
                    clientId = "no uuid",
                    body = "x",
                },
            }
        )
        {
            var unread = await Assert.ThrowsAsync<HubException>(() => his.CallAsync("Post", call));
            Assert.StartsWith("invalid: ", unread.Message);
        }
    }

    // A client without WebSocket requests events by its Accept header.
    [Fact]
    public async Task Without_a_socket_events_come_as_a_stream()
    {
        using var his = await (await app.JoinAsync("Bruno")).ClientAsync();
        var agreed = await his.PostAsync("/hubs/chat/negotiate?negotiateVersion=1", null);
        var token = (await agreed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();
        using var call = new HttpRequestMessage(HttpMethod.Get, $"/hubs/chat?id={token}");
        call.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await his.SendAsync(call, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Who_is_suspended_is_cut_off_and_leaves_no_subscription()
    {
        // A site of its own, because the topics of other tests would be counted.
        await using var site = new MarketplaceApp();
        var (ana, carla) = (await site.JoinAsync("Ana"), await site.JoinAsync("Carla", administrator: true));
        var broadcaster = site.Services.GetRequiredService<Broadcaster>();
        await using var hers = await ConnectAsync(ana, site);
        await Eventually.TrueAsync(() => broadcaster.TopicCount == 2, "Ana listens");
        await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba");
        await Eventually.TrueAsync(() => hers.IsClosed, "the hub closed Ana's connection");
        await Eventually.TrueAsync(() => broadcaster.TopicCount == 0, "nobody is left");
    }

    private async Task<HubClient> ConnectAsync(Person person, MarketplaceApp? at = null)
    {
        var site = at ?? app;
        using var client = site.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/account/login", new { person.Email, MarketplaceApp.Password });
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return await HubClient.ConnectAsync(site, tokens.GetProperty("accessToken").GetString()!);
    }
}
