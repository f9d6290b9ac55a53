using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Chat;

public sealed class NewRoomLimitTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new()
    {
        Settings =
        {
            ["Limits:Enabled"] = "true",
            ["Limits:NewRooms"] = "3",
            ["Limits:NewRoomsOfNew"] = "2",
        },
    };
    private readonly List<long> listings = [];
    private Person ana = default!;
    private Person bruno = default!;

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        for (var i = 0; i < 5; i++)
            listings.Add(await ana.SellsAsync($"Bicicleta {i}"));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_new_account_opens_fewer_conversations_a_day_and_goes_on_in_those_it_has()
    {
        var rooms = new List<long> { await bruno.ContactsAsync(listings[0]), await bruno.ContactsAsync(listings[1]) };
        var refused = (await bruno.Get<ContactService>().ContactAsync(listings[2])).Refusal!;
        Assert.Equal(RefusalKind.RateLimited, refused.Kind);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.Equal(rooms[0], await bruno.ContactsAsync(listings[0]));
        await bruno.SaysAsync(rooms[0], "Hola");
        await ana.SaysAsync(rooms[0], "Hola, Bruno");
    }

    [Fact]
    public async Task An_account_of_more_than_a_week_opens_more_and_a_day_later_all_anew()
    {
        await AgeAsync("UPDATE AspNetUsers SET JoinedAt = '2020-01-01'");
        for (var i = 0; i < 3; i++)
            await bruno.ContactsAsync(listings[i]);
        Assert.False((await bruno.Get<ContactService>().ContactAsync(listings[3])).Succeeded);
        await AgeAsync("UPDATE Rooms SET CreatedAt = '2020-01-01' WHERE ListingId = " + listings[0]);
        await bruno.ContactsAsync(listings[3]);
        Assert.False((await bruno.Get<ContactService>().ContactAsync(listings[4])).Succeeded);
    }

    [Fact]
    public async Task Nobody_gets_more_by_asking_at_once()
    {
        var asked = await Task.WhenAll(
            listings.Select(one => Task.Run(() => bruno.Get<ContactService>().ContactAsync(one)))
        );
        Assert.Equal(2, asked.Count(one => one.Succeeded));
    }

    [Fact]
    public async Task Programs_are_told_when_to_ask_again_and_pages_say_it()
    {
        using var client = await bruno.ClientAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(
                HttpStatusCode.Created,
                (await client.PostAsync($"/api/listings/{listings[i]}/rooms", null)).StatusCode
            );
        var refused = await client.PostAsync($"/api/listings/{listings[2]}/rooms", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.Equal(
            HttpStatusCode.OK,
            (await client.PostAsync($"/api/listings/{listings[0]}/rooms", null)).StatusCode
        );
        var page = await client.GetStringAsync($"/listings/{listings[2]}?notice=RateLimited");
        Assert.Contains("muchas conversaciones nuevas", page);
    }

    private async Task AgeAsync(string sql)
    {
        await using var db = app.Look();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
