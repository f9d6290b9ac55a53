using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Data;

public sealed class StatementTests : IAsyncLifetime
{
    private static readonly ListingFilter Narrowed = new()
    {
        Conditions = [Condition.Good, Condition.Used],
        Shipping = true,
    };

    private readonly Statements statements = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long room;

    public StatementTests() => app = new() { Beside = services => services.AddSingleton<IInterceptor>(statements) };

    public async Task InitializeAsync()
    {
        (ana, bruno, carla) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Carla", administrator: true)
        );
        room = await TalkAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Screens_take_as_many_statements_with_much_as_with_little()
    {
        // The first run also loads the account, which is then cached.
        await CountsAsync();
        var little = await CountsAsync();
        for (var i = 0; i < 12; i++)
            await TalkAsync();
        for (var i = 0; i < 60; i++)
            await bruno.SaysAsync(room, $"{i}");
        var much = await CountsAsync();
        Assert.Equal(little, much);
        Assert.Equal(
            "newest 1, home 1, home narrowed 1, count 1, hearts 2, favourites 2, listing 1, seller 1, sold by one 1, answers 1, standing 1, ratings 1, rating of a room 1, own 3, list 1, rows 1, unread 1, list of unread 2, archived 1, waiting 1, offers 3, named 1, room 3, history 2, history by rev 2, history at a date 3, search 3, "
                + "rooms of administrators 8, the oldest of them 1, people 1, people named 6, rooms at risk 1, rooms reported 1, person 12, record 2, dashboard 4, archive 1",
            string.Join(", ", much.Select(screen => $"{screen.Key} {screen.Value}"))
        );
    }

    [Fact]
    public async Task Of_all_who_talk_at_once_the_accounts_are_read_in_one_statement()
    {
        var states = app.Services.GetRequiredService<AccountStates>();
        var pages = new[] { ana, bruno, carla }
            .Select(one =>
                app.Services.GetRequiredService<Broadcaster>()
                    .Subscribe([AccountTopics.Account(one.Id)], _ => Task.CompletedTask)
            )
            .ToList();
        Assert.Equal(1, await statements.CountAsync(() => states.CompareAsync(CancellationToken.None)));
        pages.ForEach(page => page.Dispose());
        Forget();
        long[] all = [ana.Id, bruno.Id, carla.Id];
        Assert.Equal(1, await statements.CountAsync(() => states.KnowAsync(all)));
        Assert.Equal(0, await statements.CountAsync(() => states.KnowAsync(all)));
        Forget();
        var many = Enumerable.Range(0, 30).Select(_ => all);
        Assert.Equal(1, await statements.CountAsync(() => Task.WhenAll(many.Select(states.KnowAsync))));
        Forget();
        var taken = new NewMessage(room, bruno.Id, Guid.NewGuid(), "¿Sigue ahí?");
        var journal = app.Services.GetRequiredService<MessageJournal>();
        await statements.CountAsync(() =>
            journal.TryTake(taken) ? taken.Stored : throw new InvalidOperationException()
        );
        Assert.Single(statements.All, sql => sql.Contains("\"AspNetUsers\""));
    }

    private void Forget() =>
        app.Services.GetRequiredService<Broadcaster>().PublishHere(Topic.Everything, Missed.Events);

    [Fact]
    public async Task A_message_costs_whoever_blocks_many_no_statement_more()
    {
        var before = await statements.CountAsync(() => bruno.SaysAsync(room, "uno"));
        for (var i = 0; i < 5; i++)
        {
            var dora = await app.JoinAsync("Dora");
            Assert.Null(await bruno.Get<BlockService>().BlockAsync(dora.Id));
            Assert.Null(await dora.Get<BlockService>().BlockAsync(ana.Id));
        }
        await bruno.SaysAsync(room, "dos");
        Assert.Equal(before, await statements.CountAsync(() => bruno.SaysAsync(room, "tres")));
        Assert.Null(await ana.Get<BlockService>().BlockAsync(bruno.Id));
        Assert.Equal(before, await statements.CountAsync(() => bruno.Chat.SendAsync(room, Guid.NewGuid(), "cuatro")));
    }

    [Fact]
    public async Task A_message_that_arrives_makes_an_open_list_ask_nothing()
    {
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        var asked = await statements.CountAsync(async () =>
        {
            await bruno.SaysAsync(room, "¿Sigue disponible?");
            await Eventually.TrueAsync(() => open.Rows[0].LastPreview == "¿Sigue disponible?", "it is in the list");
        });
        Assert.Equal(0, asked);
        Assert.Equal(await ana.Inbox.RowAsync(room), open.Rows[0]);
    }

    [Fact]
    public async Task What_a_person_does_on_another_screen_makes_their_open_lists_read_no_row()
    {
        await bruno.SaysAsync(room, "uno");
        await bruno.SaysAsync(room, "dos");
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        var memberships = ana.Get<MembershipService>();
        var alone = await AskedAsync(bruno, bruno.Get<MembershipService>(), () => true);
        var beside = await AskedAsync(
            ana,
            memberships,
            () => open.Rows[0] is { Shelf: Shelf.Pinned, Draft: "Pues mira" }
        );
        Assert.Equal(alone, beside);
        var unread = open.Rows[0].Unread;
        var reading = await statements.CountAsync(async () =>
        {
            Assert.Null(await ana.Chat.MarkReadAsync(room, 1));
            await Eventually.TrueAsync(() => open.Rows[0].Unread == unread - 1, "one less is to be read");
        });
        Assert.Equal(0, reading);
        Assert.Equal(await ana.Inbox.RowAsync(room), open.Rows[0]);

        Task<int> AskedAsync(Person person, MembershipService memberships, Func<bool> shown) =>
            statements.CountAsync(async () =>
            {
                Assert.True(await memberships.KeepDraftAsync(room, "Pues mira"));
                Assert.True(await memberships.PinAsync(room, true));
                await Eventually.TrueAsync(shown, $"{person.Name}'s list shows it");
            });
    }

    [Fact]
    public async Task However_many_conversations_have_it_a_new_name_or_title_is_read_once()
    {
        var listing = await ana.SellsAsync("Mesa");
        for (var i = 0; i < 8; i++)
        {
            await TalkAsync();
            var dora = await app.JoinAsync("Dora");
            await dora.SaysAsync(await dora.ContactsAsync(listing), "¿Y la mesa?");
        }
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        await using var db = app.Look();
        await db
            .Users.Where(user => user.Id == bruno.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(u => u.DisplayName, "Bru"));
        var ofPerson = await statements.CountAsync(() =>
        {
            app.Services.GetRequiredService<AccountStates>().Changed(bruno.Id);
            return Eventually.TrueAsync(() => open.Rows.Count(row => row.OtherName == "Bru") == 9, "all have the name");
        });
        Assert.Equal(1, ofPerson);
        await db.Listings.Where(l => l.Id == listing).ExecuteUpdateAsync(s => s.SetProperty(l => l.Title, "Mesa baja"));
        var ofListing = await statements.CountAsync(() =>
        {
            app.Services.GetRequiredService<Broadcaster>()
                .Publish(ListingTopics.Listing(listing), new ListingChanged(listing));
            return Eventually.TrueAsync(
                () => open.ListingsWithEnquiries.Any(one => one.Title == "Mesa baja"),
                "the filter has the title"
            );
        });
        Assert.Equal(8, open.Rows.Count(row => row.Title == "Mesa baja"));
        // The rows and the filter by listing.
        Assert.Equal(2, ofListing);
    }

    [Fact]
    public async Task Every_statement_of_a_screen_is_answered_by_an_index()
    {
        foreach (var (name, screen) in Screens())
        {
            await statements.CountAsync(screen);
            foreach (var sql in statements.All)
                Assert.All(await PlanAsync(sql), step => Assert.False(ReadsAll(step, sql), $"{name}: {step}\n{sql}"));
        }
    }

    [Fact]
    public async Task A_table_that_is_read_whole_would_be_noticed()
    {
        const string sql = "SELECT * FROM \"Messages\" AS \"m\" WHERE \"m\".\"Body\" = @body";
        Assert.Contains(await PlanAsync(sql), step => ReadsAll(step, sql));
    }

    private async Task<Dictionary<string, int>> CountsAsync()
    {
        var counts = new Dictionary<string, int>();
        foreach (var (name, screen) in Screens())
            counts[name] = await statements.CountAsync(screen);
        return counts;
    }

    private IEnumerable<(string Name, Func<Task> Screen)> Screens() =>
        [
            ("newest", () => bruno.Listings.SearchAsync(new ListingFilter())),
            ("home", () => bruno.Listings.SearchAsync(new ListingFilter("bici"))),
            ("home narrowed", () => bruno.Listings.SearchAsync(Narrowed)),
            ("count", () => bruno.Listings.CountAsync(Narrowed with { MaxPrice = 500_00 })),
            ("hearts", () => bruno.Get<FavouriteService>().AmongAsync([1, 2, 3])),
            ("favourites", () => bruno.Get<FavouriteService>().PageAsync(null)),
            ("listing", () => bruno.Listings.FindAsync(1)),
            ("seller", () => bruno.Get<SellerService>().FindAsync(ana.Id)),
            ("sold by one", () => bruno.Get<SellerService>().OnSaleAsync(ana.Id)),
            ("answers", () => bruno.Get<SellerService>().AnswerTimeAsync(ana.Id)),
            ("standing", () => app.Services.GetRequiredService<IRatings>().StandingAsync(ana.Id)),
            ("ratings", () => app.Services.GetRequiredService<IRatings>().LastAsync(ana.Id)),
            ("rating of a room", () => ana.Get<RatingService>().FindAsync(room)),
            ("own", OwnAsync),
            ("list", () => ana.Inbox.PageAsync()),
            ("rows", () => ana.Inbox.RowsAsync([room, room + 1, room + 2])),
            ("unread", () => ana.Inbox.UnreadAsync()),
            ("list of unread", () => ana.Inbox.ListAsync(InboxFilter.Unread)),
            ("archived", () => ana.Inbox.ListAsync(InboxFilter.Archived)),
            ("waiting", () => ana.Inbox.WaitingAsync(1)),
            ("offers", () => ana.Get<OffersService>().FindAsync(1)),
            ("named", () => ana.Get<SearchService>().ConversationsAsync("bici")),
            ("room", () => OpenAsync(ana)),
            ("history", () => ana.Chat.HistoryAsync(room, new MessageRange(Before: 5))),
            ("history by rev", () => ana.Chat.HistoryAsync(room, new MessageRange(ChangedAfter: 5))),
            ("history at a date", () => ana.Chat.HistoryAsync(room, new MessageRange(From: DateTime.UtcNow))),
            ("search", () => ana.Get<SearchService>().FindAsync("hola")),
            ("rooms of administrators", () => carla.Supervision.RoomsAsync(new("ana bici"))),
            ("the oldest of them", () => carla.Supervision.RoomsAsync(new(""), new(1, 1), oldestFirst: true)),
            ("people", () => carla.Supervision.PeopleAsync("")),
            ("people named", () => carla.Supervision.PeopleAsync("ana")),
            ("rooms at risk", () => carla.Supervision.RoomsAsync(new(Shelf: RoomShelf.Risky))),
            ("rooms reported", () => carla.Supervision.RoomsAsync(new(Shelf: RoomShelf.Reported))),
            ("person", () => carla.Get<PersonFileService>().OpenAsync(ana.Id)),
            ("record", () => carla.Get<AuditService>().PageAsync(AuditFilter.None)),
            ("dashboard", () => carla.Get<DashboardService>().FindAsync(30)),
            ("archive", () => ana.Get<ArchiveService>().FindAsync()),
        ];

    private async Task OwnAsync()
    {
        var sellers = ana.Get<SellerService>();
        var page = await sellers.MineAsync(ListingState.Active);
        await sellers.CountsAsync();
        await sellers.ListingsWithEnquiriesAsync(page.Items);
    }

    private async Task<List<string>> PlanAsync(string sql)
    {
        await using var db = app.Look();
        return await Statements.PlanAsync(db, sql);
    }

    // A scan of an aliased table. Walking an index in page order does not count.
    private static bool ReadsAll(string step, string sql) =>
        Regex.Match(step, "^SCAN (\\w+)$") is { Success: true } scan
        && Regex.IsMatch(sql, $"\"\\w+\" AS \"{scan.Groups[1].Value}\"");

    private async Task OpenAsync(Person person)
    {
        using var screen = person.Chat.Open(room, person.RunAsync);
        await screen.LoadAsync();
    }

    private async Task<long> TalkAsync()
    {
        var listing = await ana.SellsAsync();
        var made = await bruno.ContactsAsync(listing);
        await bruno.SaysAsync(made, "Hola");
        await bruno.Get<FavouriteService>().MarkAsync(listing, isSaved: true);
        return made;
    }
}
