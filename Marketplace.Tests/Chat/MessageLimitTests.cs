using System.Net;
using System.Net.Http.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class MessageLimitTests
{
    [Fact]
    public async Task Who_writes_too_fast_is_told_when_to_go_on_and_repeats_are_free()
    {
        await using var app = new MarketplaceApp
        {
            Settings = { ["Limits:MessageBurst"] = "3", ["Limits:MessagesPerSecond"] = "1" },
        };
        var (ana, bruno, room) = await app.TalkAsync();
        var known = Guid.NewGuid();
        for (var i = 0; i < 20; i++)
            Assert.Equal(i > 0, (await bruno.Chat.SendAsync(room, known, "uno")).Value!.Repeated);
        Refusal? refusal = null;
        var accepted = 1;
        for (; refusal is null; accepted += refusal is null ? 1 : 0)
            refusal = (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "más")).Refusal;
        Assert.True(accepted >= 3, $"{accepted} accepted: the repeats cost something");
        Assert.Equal(RefusalKind.RateLimited, refusal.Kind);
        Assert.NotNull(refusal.RetryAfter);
        Assert.True((await bruno.Chat.SendAsync(room, known, "uno")).Value!.Repeated);

        using var client = await bruno.ClientAsync();
        HttpResponseMessage answer;
        do answer = await client.PostAsJsonAsync(
            $"/api/rooms/{room}/messages",
            new { clientId = Guid.NewGuid(), body = "ya" }
        );
        while (answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task What_could_not_be_stored_costs_nothing()
    {
        await using var app = new MarketplaceApp
        {
            Settings = { ["Limits:MessageBurst"] = "1", ["Limits:MessagesPerSecond"] = "1" },
            // The clock stands still, so that no token is refilled.
            Beside = services => services.AddSingleton<TimeProvider>(new HandClock()),
        };
        var (ana, bruno, room) = await app.TalkAsync();
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Refuse BEFORE INSERT ON Messages WHEN new.Body = 'imposible' "
                    + "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            );
        Assert.Equal(RefusalKind.Busy, (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "imposible")).Refusal?.Kind);
        await bruno.SaysAsync(room, "posible");
        Assert.Equal(
            RefusalKind.RateLimited,
            (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "demasiado")).Refusal?.Kind
        );
    }
}
