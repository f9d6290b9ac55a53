using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Safety.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>What administrators find, and what of it is recorded.</summary>
public sealed class RoomFilterTests : IAsyncLifetime
{
    private const string Scam = "Te mando una solicitud de Bizum, solo tienes que aceptarla para recibir el dinero";

    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long bike;
    private long mesa;

    public RoomFilterTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        carla = await app.JoinAsync("Carla", administrator: true);
        bike = await bruno.ContactsAsync(await ana.SellsAsync());
        mesa = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await bruno.SaysAsync(bike, "Hola, ¿sigue disponible?");
        await bruno.SaysAsync(mesa, "Buenas");
        await ana.SaysAsync(mesa, "Dime");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    private async Task<long[]> FindAsync(RoomFilter filter) =>
        [.. (await carla.Supervision.RoomsAsync(filter)).Rows.Select(room => room.Id)];

    [Fact]
    public async Task Fraud_raises_the_risk_of_its_room_and_nothing_else_does()
    {
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Risky)));
        await bruno.SaysAsync(bike, Scam);
        await bruno.SaysAsync(bike, "Perdona, me he liado");
        var room = Assert.Single((await carla.Supervision.RoomsAsync(new(Shelf: RoomShelf.Risky))).Rows);
        Assert.Equal(
            (bike, SafetySeverity.Danger, SafetyRule.BizumRequest),
            (room.Id, room.Risk!.Value, room.RiskRule!.Value)
        );
        Assert.Null(await carla.Get<RoomActService>().ClearRiskAsync(bike));
        Assert.Equal(AuditAction.RiskCleared, (await carla.RecordAsync())[0].Action);
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Risky)));
    }

    [Fact]
    public async Task A_seller_who_asks_to_be_paid_raises_no_risk()
    {
        await ana.SaysAsync(bike, "Cuando quieras me haces la solicitud de Bizum y la acepto");
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Risky)));
    }

    [Fact]
    public async Task Rooms_are_found_by_person_listing_state_report_and_who_waits()
    {
        var dora = await app.JoinAsync("Dora");
        Assert.Empty(await FindAsync(new(Person: dora.Id)));
        Assert.Equal([mesa, bike], await FindAsync(new(Person: bruno.Id)));
        var listing = (await carla.Supervision.FindRoomAsync(bike))!.ListingId;
        Assert.Equal([bike], await FindAsync(new(Listing: listing)));
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        Assert.Equal([bike], await FindAsync(new(State: ListingState.Reserved)));
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Reported)));
        await bruno.Get<ReportService>().ReportAsync(new(ReportKind.Room, mesa), ReportReason.Spam, null);
        Assert.Equal([mesa], await FindAsync(new(Shelf: RoomShelf.Reported)));
        Assert.Equal(1, (await carla.Supervision.FindRoomAsync(mesa))!.OpenReports);
        await carla.Get<RoomActService>().LockAsync(mesa, isLocked: true, "Por la denuncia");
        Assert.Equal([mesa], await FindAsync(new(Shelf: RoomShelf.Closed)));
    }

    [Fact]
    public async Task Who_waits_for_a_day_is_found_and_days_are_the_readers()
    {
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Unanswered)));
        Assert.Equal([mesa, bike], await FindAsync(new(Shelf: RoomShelf.Today)));
        var day = carla.Get<Web.Shared.ReaderClock>().Today;
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal([bike], await FindAsync(new(Shelf: RoomShelf.Unanswered)));
        Assert.Empty(await FindAsync(new(Shelf: RoomShelf.Today)));
        Assert.Equal([mesa, bike], await FindAsync(new(Since: day, Until: day)));
        Assert.Empty(await FindAsync(new(Since: day.AddDays(1))));
    }

    [Fact]
    public void A_filter_survives_its_address_and_nonsense_filters_nothing()
    {
        var filter = new RoomFilter("bici roja", RoomShelf.Risky, ListingState.Sold, new(2026, 3, 1), null, 7, 9);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.Query);
        Assert.Equal(filter, RoomFilter.Read(name => query.TryGetValue(name, out var value) ? value[0] : null));
        Assert.Equal(RoomFilter.None, RoomFilter.Read(name => name == "q" ? " " : "-1'\0"));
    }

    [Fact]
    public async Task An_administrator_keeps_filters_under_names_and_nobody_else_sees_them()
    {
        var saved = carla.Get<SavedFilterService>();
        Assert.Null(await saved.SaveAsync(" Riesgo ", new(Shelf: RoomShelf.Risky)));
        Assert.Null(await saved.SaveAsync("Riesgo", new(Shelf: RoomShelf.Reported)));
        Assert.NotNull(await saved.SaveAsync("Todo", RoomFilter.None));
        var one = Assert.Single(await saved.ListAsync());
        Assert.Equal(("Riesgo", "?shelf=Reported"), (one.Name, one.Query));
        var olga = await app.JoinAsync("Olga", administrator: true);
        Assert.Empty(await olga.Get<SavedFilterService>().ListAsync());
        await olga.Get<SavedFilterService>().RemoveAsync(one.Id);
        Assert.Single(await saved.ListAsync());
        Assert.NotNull(await bruno.Get<SavedFilterService>().SaveAsync("Mío", new(Shelf: RoomShelf.Risky)));
    }

    [Fact]
    public async Task A_search_in_all_messages_is_recorded_with_why_and_each_room_that_it_shows()
    {
        var look = Look.For(LookReason.Fraud, "varias quejas")!;
        var found = await carla.Get<MessageSearchService>().FindAsync(look, "disponible");
        var one = Assert.Single(found.Rows);
        Assert.Equal((bike, "Bruno", "Ana"), (one.RoomId, one.BuyerName, one.SellerName));
        Assert.Equal("disponible", one.Body.Substring(one.Matches[0].Start, one.Matches[0].Length));
        var record = await carla.RecordAsync();
        Assert.Equal([AuditAction.MessageFound, AuditAction.MessagesSearched], record.Take(2).Select(e => e.Action));
        Assert.Equal((bike, LookReason.Fraud), (record[0].Room!.Id, record[0].Reason!.Value));
        Assert.Equal("«disponible» · varias quejas", record[1].Text);
        Assert.Single((await bruno.Chat.LooksAsync(bike))!);
        Assert.Empty((await bruno.Get<MessageSearchService>().FindAsync(look, "disponible")).Rows);
    }

    [Fact]
    public async Task A_persons_file_shows_what_is_theirs_and_opening_it_is_recorded()
    {
        await bruno.Get<ReportService>().ReportAsync(new(ReportKind.Room, mesa), ReportReason.Spam, null);
        Assert.Null(await carla.Get<NoteService>().AddAsync(new(PersonId: ana.Id), "Vende mucho"));
        var file = (await carla.Get<PersonFileService>().OpenAsync(ana.Id))!;
        Assert.Equal([mesa, bike], file.Rooms.Select(room => room.Id));
        Assert.Equal(2, file.Listings.Count);
        Assert.Single(file.ReportsAbout);
        Assert.Equal("Vende mucho", Assert.Single(await carla.Get<NoteService>().ListAsync(new(ana.Id))).Text);
        Assert.Equal(
            [AuditAction.PersonOpened, AuditAction.NoteAdded],
            (await carla.RecordAsync()).Take(2).Select(entry => entry.Action)
        );
        Assert.Null(await bruno.Get<PersonFileService>().OpenAsync(ana.Id));
        Assert.Empty(await bruno.Get<NoteService>().ListAsync(new(ana.Id)));
        Assert.NotNull(await bruno.Get<NoteService>().AddAsync(new(PersonId: ana.Id), "No"));
    }
}
