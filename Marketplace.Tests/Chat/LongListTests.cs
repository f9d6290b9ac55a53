using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class LongListTests : IAsyncLifetime
{
    private const int Many = 150;

    private readonly MarketplaceApp app = new();
    private readonly List<long> rooms = [];
    private Person ana = default!;
    private Person bruno = default!;

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        for (var i = 0; i < Many; i++)
            rooms.Add(await ana.ContactsAsync(await bruno.SellsAsync($"Bicicleta {i}")));
        foreach (var room in rooms)
            await bruno.SaysAsync(room, $"Sobre la {rooms.IndexOf(room)}");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task However_far_one_scrolls_the_page_holds_the_rows_around_the_eye()
    {
        await using var hers = new Screen(ana);
        var page = hers.Render<MessagesPage>();
        var list = page.FindComponent<InboxList>();
        foreach (var first in new[] { 0, 15, 30, 45, 60 })
        {
            await page.InvokeAsync(() => list.Instance.ScrollAsync(first));
            Assert.InRange(page.FindAll("[data-room]").Count, InboxService.Page, InboxSession.MaxRows);
        }
        Assert.Equal($"{rooms[Many - 1 - 60]}", page.Find("[data-room]").GetAttribute("data-room"));
        Assert.Contains(page.FindAll("[data-room]"), row => row.GetAttribute("data-room") == $"{rooms[0]}");
        Assert.Contains("--above: 60; --below: 0", page.Find(".conversations").GetAttribute("style"));

        await bruno.SaysAsync(rooms[3], "¿Te interesa?");
        page.WaitForAssertion(() => Assert.Contains("--above: 60", page.Find(".conversations").GetAttribute("style")));
        await page.InvokeAsync(() => list.Instance.ScrollAsync(0));
        page.WaitForAssertion(() => Assert.Contains("¿Te interesa?", page.Find("[data-room]").TextContent));
    }

    [Fact]
    public async Task All_that_a_search_finds_is_shown_page_by_page_to_a_clear_end()
    {
        await using var hers = new Screen(ana);
        var page = hers.Render<MessagesPage>();
        var list = page.FindComponent<InboxList>();
        await page.InvokeAsync(() => list.Instance.FindAsync("sobre"));
        for (var shown = SearchService.Page; shown < Many; shown += SearchService.Page)
        {
            page.WaitForAssertion(() => Assert.Equal(shown, page.FindAll(".found-text").Count));
            Assert.Contains("Ver más", page.Find("[data-more-found]").TextContent);
            Assert.Equal("", page.Find(".found-end").TextContent);
            await page.InvokeAsync(list.Instance.FindMoreAsync);
        }
        Assert.Equal(Many, page.FindAll(".found-text").Select(text => text.TextContent).Distinct().Count());
        Assert.Empty(page.FindAll("[data-more-found]"));
        Assert.Contains("No hay más", page.Find("[role='status'].found-end").TextContent);
    }

    [Fact]
    public async Task Each_row_stands_where_the_database_has_it_whatever_comes()
    {
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        for (var first = 0; first <= 60; first += 15)
            await open.ScrollAsync(first);
        Assert.Equal(Many, open.Rows.Count);
        await ana.Get<MembershipService>().PinAsync(rooms[7], true);
        await bruno.SaysAsync(rooms[3], "Uno");
        await bruno.SaysAsync(rooms[7], "Dos");
        await bruno.SaysAsync(rooms[5], "Tres");
        await ana.Get<MembershipService>().PinAsync(rooms[9], true);
        long[] first5 = [rooms[9], rooms[7], rooms[5], rooms[3], rooms[^1]];
        await Eventually.TrueAsync(
            () => first5.Order().SequenceEqual(open.Rows.Take(5).Select(row => row.RoomId).Order()),
            "all is where it belongs"
        );
        var stored = await ana.Inbox.ListAsync(InboxFilter.All);
        Assert.Equal(stored.Select(row => row.RoomId), open.Rows.Take(stored.Count).Select(row => row.RoomId));
        Assert.Equal(Many, open.Rows.Select(row => row.RoomId).Distinct().Count());
    }

    [Fact]
    public async Task Whoever_puts_away_all_that_is_shown_is_shown_what_was_below()
    {
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        await ana.Get<MembershipService>().PinAsync(rooms[2], true);
        foreach (var row in open.Rows.Where(row => row.Shelf != Shelf.Pinned).ToList())
            await ana.Get<MembershipService>().ArchiveAsync(row.RoomId, true);
        var stored = await ana.Inbox.ListAsync(InboxFilter.All);
        Assert.Equal(1 + InboxService.Page, stored.Count);
        await Eventually.TrueAsync(
            () =>
                stored.Select(row => row.RoomId).SequenceEqual(open.Rows.Take(stored.Count).Select(row => row.RoomId)),
            "the next ones are there"
        );
    }

    [Fact]
    public async Task Whoever_has_scrolled_stays_where_they_are_when_events_were_missed()
    {
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        for (var first = 0; first <= 60; first += 15)
            await open.ScrollAsync(first);
        var before = open.Rows[^1];
        broadcaster.Publish(ChatTopics.Person(ana.Id), Missed.Events);
        await Eventually.TrueAsync(
            () => open is { Rows.Count: Many, First: 60 } && !ReferenceEquals(open.Rows[^1], before),
            "the rows were read again, and the same are shown"
        );
    }

    [Fact]
    public async Task Only_who_stands_near_the_eye_is_watched()
    {
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        for (var first = 0; first <= 60; first += 15)
            await open.ScrollAsync(first);
        // Ana's topic, Bruno's account and presence, and one listing per row.
        Assert.Equal(3 + InboxSession.MaxRows, broadcaster.TopicCount);
        Assert.Equal(InboxSession.MaxRows, open.Window.Count);
    }
}
