using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Safety;

/// <summary>Bruno asks Ana for a bicycle, and something is wrong.</summary>
public sealed class ReportTests(Apps apps) : IClassFixture<Apps>
{
    private MarketplaceApp app = default!;
    private Person ana = default!;
    private Person bruno = default!;
    private long bike;
    private long room;

    [Theory, Databases]
    public async Task A_message_is_kept_with_the_ten_before_it_whatever_becomes_of_it(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        for (var i = 1; i <= 12; i++)
            await ana.SaysAsync(room, $"Mensaje {i}");
        var bad = await ana.SaysAsync(room, "Págame por este enlace");
        await ana.SaysAsync(room, "Después");
        await ReportsAsync(bruno, new(ReportKind.Message, room, bad.Seq));
        await ana.Get<MessageService>().DeleteAsync(room, bad.Seq);
        var report = await SingleAsync();
        var messages = ReportEvidence.Parse(report.Evidence)!.Messages!;
        Assert.Equal(11, messages.Count);
        Assert.Equal(
            ("Mensaje 3", "Págame por este enlace", "Ana"),
            (messages[0].Text, messages[^1].Text, messages[^1].Sender)
        );
        Assert.Equal(ReportEvidence.Hash(report.Evidence!), report.EvidenceHash);
        Assert.Equal((ana.Id, ReportPriority.Urgent), (report.PersonId, report.Priority));
    }

    [Theory, Databases]
    public async Task That_a_message_was_another_before_is_kept_too(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var bad = await ana.SaysAsync(room, "Imbécil");
        Assert.True((await ana.Get<MessageService>().EditAsync(room, bad.Seq, "Perdona")).Succeeded);
        await ReportsAsync(bruno, new(ReportKind.Message, room, bad.Seq), ReportReason.Offence);
        var kept = ReportEvidence.Parse((await SingleAsync()).Evidence)!.Messages![^1];
        Assert.Equal(("Perdona", true, true), (kept.Text, kept.HasEarlier, kept.EditedAt is not null));
    }

    [Theory, Databases]
    public async Task A_listing_and_a_person_are_kept_as_they_were(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await ReportsAsync(bruno, new(ReportKind.Listing, ListingId: bike), ReportReason.Counterfeit);
        await ReportsAsync(bruno, new(ReportKind.Person, PersonId: ana.Id), ReportReason.Impersonation);
        await using var db = app.Look();
        var mine = await db
            .Reports.Where(report => report.ReporterId == bruno.Id)
            .OrderBy(report => report.Id)
            .ToListAsync();
        var listing = ReportEvidence.Parse(mine[0].Evidence)!.Listing!;
        Assert.Equal(("Bicicleta eléctrica", 18_000L, "Madrid"), (listing.Title, listing.Price, listing.Place));
        var person = ReportEvidence.Parse(mine[1].Evidence)!.Person!;
        Assert.Equal(("Ana", "Madrid"), (person.Name, person.Place));
        Assert.All(mine, report => Assert.Equal(ana.Id, report.PersonId));
    }

    [Theory, Databases]
    public async Task Whoever_presses_twice_gets_the_first_receipt(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var target = new ReportTarget(ReportKind.Room, room);
        var first = await ReportsAsync(bruno, target);
        Assert.Equal(first, await ReportsAsync(bruno, target));
        Assert.Equal(first, (await bruno.Get<ReportService>().AskAsync(target))!.OpenId);
        Assert.NotEqual(first, await ReportsAsync(ana, target));
        Assert.Equal(first, Assert.Single(await bruno.Get<ReportService>().MineAsync()).Id);
    }

    [Theory, Databases]
    public async Task Pressed_at_once_on_two_devices_it_is_one_report(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var target = new ReportTarget(ReportKind.Person, PersonId: ana.Id);
        var other = await app.EnterAsync(bruno.Id);
        var receipts = await Task.WhenAll(ReportsAsync(bruno, target), ReportsAsync(other, target));
        Assert.Equal(receipts[0], receipts[1]);
    }

    [Theory, Databases]
    public async Task Nobody_reports_what_they_cannot_see_or_what_is_theirs(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var dora = await app.JoinAsync("Dora");
        await Refused(dora, new(ReportKind.Message, room, 1), RefusalKind.NotFound);
        await Refused(dora, new(ReportKind.Room, room), RefusalKind.NotFound);
        await Refused(bruno, new(ReportKind.Message, room, 99), RefusalKind.NotFound);
        await Refused(bruno, new(ReportKind.Listing, ListingId: 999_999), RefusalKind.NotFound);
        await Refused(bruno, new(ReportKind.Message, room, 1), RefusalKind.Invalid);
        await Refused(ana, new(ReportKind.Listing, ListingId: bike), RefusalKind.Invalid);
        await Refused(ana, new(ReportKind.Person, PersonId: ana.Id), RefusalKind.Invalid);
        await ana.SettlesAsync(bike, ListingState.Reserved, bruno.Id);
        await Refused(bruno, new(ReportKind.Message, room, 2), RefusalKind.NotFound);
    }

    [Theory, Databases]
    public async Task A_reason_that_fits_is_needed_and_the_text_has_an_end(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var (target, reports) = (new ReportTarget(ReportKind.Room, room), bruno.Get<ReportService>());
        Assert.Equal(RefusalKind.Invalid, (await reports.ReportAsync(target, null, null)).Refusal!.Kind);
        Assert.Equal(
            RefusalKind.Invalid,
            (await reports.ReportAsync(target, ReportReason.Counterfeit, null)).Refusal!.Kind
        );
        var text = new string('a', Report.MaxTextLength + 1);
        Assert.Equal(RefusalKind.TooLarge, (await reports.ReportAsync(target, ReportReason.Scam, text)).Refusal!.Kind);
        Assert.True((await reports.ReportAsync(target, ReportReason.Scam, text[1..])).Succeeded);
    }

    private static async Task Refused(Person person, ReportTarget target, RefusalKind kind)
    {
        var sent = await person.Get<ReportService>().ReportAsync(target, ReportReason.Scam, null);
        Assert.Equal(kind, sent.Refusal?.Kind);
        Assert.Null(await person.Get<ReportService>().AskAsync(target));
    }

    private static async Task<long> ReportsAsync(
        Person person,
        ReportTarget target,
        ReportReason reason = ReportReason.Scam
    )
    {
        var sent = await person.Get<ReportService>().ReportAsync(target, reason, "Mira esto");
        Assert.True(sent.Succeeded, sent.Refusal?.Text);
        return sent.Value.Id;
    }

    private async Task<Report> SingleAsync()
    {
        await using var db = app.Look();
        return await db.Reports.SingleAsync(report => report.ReporterId == bruno.Id);
    }

    private async Task BeginAsync(DatabaseProvider provider)
    {
        app = apps[provider];
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        bike = await ana.SellsAsync();
        room = await bruno.ContactsAsync(bike);
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
    }
}
