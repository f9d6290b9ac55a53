using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>Searches among thousands of rooms, all of them Ana's and Bruno's.</summary>
public sealed class RoomSearchTests : IAsyncLifetime
{
    private readonly Statements statements = new();
    private readonly MarketplaceApp app;
    private Person carla = default!;
    private long mesa;

    public RoomSearchTests() => app = new() { Beside = services => services.AddSingleton<IInterceptor>(statements) };

    public async Task InitializeAsync()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        carla = await app.JoinAsync("Carla", administrator: true);
        mesa = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await using var db = app.Look();
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 999 + 2 * {SupervisionService.MaxMatches})
            INSERT INTO Listings (Id, SellerId, Title, Description, Price, Currency, Category, Place, PlaceKey, State, CreatedAt, ChangedAt, OnSale)
            SELECT i, {ana.Id}, 'Silla', '', 0, 'EUR', 0, '', '', 0, '2026-01-01', '2026-01-01', 1 FROM n
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId, LastPreview, FromBuyer, FromSeller)
            SELECT Id, Id, {bruno.Id}, SellerId, CreatedAt, 1, 0, 0, Id, '', 0, 0 FROM Listings WHERE Id >= 1000
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ListingTerms (Term, ListingId)
            SELECT 'silla', Id FROM Listings WHERE Id >= 1000 AND Id < 1000 + {SupervisionService.MaxMatches}
            """
        );
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_name_that_is_in_all_rooms_is_looked_for_from_the_newest_down()
    {
        var found = (await carla.Supervision.RoomsAsync(new("an"))).Rows;
        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => 999L + 2 * SupervisionService.MaxMatches - i),
            found.Select(r => r.Id)
        );
        await using var db = app.Look();
        var plan = await Statements.PlanAsync(db, statements.All.Last());
        Assert.Contains(plan, step => step.Contains("IX_Rooms_LastMessageId_Id"));
        Assert.DoesNotContain(plan, step => step.StartsWith("LIST SUBQUERY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_few_rooms_have_leads_to_them_whatever_stands_beside_it()
    {
        Assert.Equal(mesa, Assert.Single((await carla.Supervision.RoomsAsync(new("an bruno mes"))).Rows).Id);
        await using var db = app.Look();
        var plan = await Statements.PlanAsync(db, statements.All.Last());
        Assert.DoesNotContain(plan, step => step.Contains("IX_Rooms_LastMessageId_Id"));
        Assert.Empty((await carla.Supervision.RoomsAsync(new("an nadie"))).Rows);
        Assert.Equal(25, (await carla.Supervision.RoomsAsync(new("an bruno"))).Rows.Count);
    }

    [Fact]
    public async Task The_same_rooms_are_found_whichever_way_they_are_looked_for()
    {
        Assert.Equal(await TwoPagesAsync(""), await TwoPagesAsync("an"));
        Assert.Equal(await TwoPagesAsync(""), await TwoPagesAsync("an bruno"));

        var chairs = (await carla.Supervision.RoomsAsync(new("silla"))).Rows;
        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => 999L + SupervisionService.MaxMatches - i),
            chairs.Select(r => r.Id)
        );

        async Task<List<long>> TwoPagesAsync(string text)
        {
            var first = (await carla.Supervision.RoomsAsync(new(text))).Rows;
            var second = (
                await carla.Supervision.RoomsAsync(new(text), new(first[^1].LastMessageId, first[^1].Id))
            ).Rows;
            return [.. first.Concat(second).Select(found => found.Id)];
        }
    }
}
