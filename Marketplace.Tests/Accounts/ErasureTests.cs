using System.Net;
using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Accounts;

/// <summary>Three days after a person has left, nothing that they wrote is there.</summary>
public sealed class ErasureTests : LeavingTests
{
    [Fact]
    public async Task After_the_link_the_texts_are_erased_and_the_other_keeps_theirs()
    {
        await Ana.Get<MessageService>().EditAsync(Room, 2, "Sí, llámame al 600 654 321");
        await Ana.SettlesAsync(Bike, ListingState.Reserved, Bruno.Id);
        var unasked = await Ana.SellsAsync("Patinete");
        await CloseAsync(await SignInAsync(Ana));
        Site.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(0, await Closed.EraseAsync(default));
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await EraseAsync();

        var history = (await Bruno.Chat.HistoryAsync(Room, new())).Value!;
        Assert.Equal(["¿Sigue a la venta?", "", ""], history.Select(message => message.Body));
        Assert.NotNull(history[1].DeletedAt);
        Assert.Equal((MessageKind.Reserved, null), (history[2].Kind, history[2].DeletedAt));
        await using var db = await DatabaseAsync();
        Assert.False(await db.MessageVersions.AnyAsync());
        Assert.False(await db.Files.AnyAsync(file => file.OwnerId == Ana.Id && file.State != FileState.Pending));
        Assert.Null(await Bruno.Listings.FindAsync(unasked));
        var kept = (await Bruno.Listings.FindAsync(Bike))!;
        Assert.Equal(("Bicicleta eléctrica", "", ""), (kept.Title, kept.Description, kept.Place));
        Assert.Equal("", (await Bruno.Chat.SeenListingAsync(Room))!.Description);
        using var owner = Site.Visitor("192.0.2.7");
        var late = await owner.GetStringAsync(await Site.LinkAsync(Ana.Email, "/account/take-back"));
        Assert.DoesNotContain("Recuperar la cuenta", late);
    }

    [Fact]
    public async Task What_an_erased_account_sold_is_there_only_for_who_asked_about_it()
    {
        var dora = await Site.App.JoinAsync("Dora");
        await dora.Get<FavouriteService>().MarkAsync(Bike, isSaved: true);
        using var visitor = Site.Visitor();
        await CloseAsync(await SignInAsync(Ana));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor));
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(await SignInAsync(dora)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await SignInAsync(Bruno)));
        Assert.Empty((await dora.Get<FavouriteService>().PageAsync(null)).Items);
        var refusal = (await dora.Get<ContactService>().ContactAsync(Bike)).Refusal!;
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
        Assert.Equal(Room, (await Bruno.Get<ContactService>().ContactAsync(Bike)).Value!.RoomId);
        await using var db = await DatabaseAsync();
        Assert.False(await db.ListingTerms.AnyAsync());

        async Task<HttpStatusCode> StatusAsync(HttpClient reader) =>
            (await reader.GetAsync($"/listings/{Bike}")).StatusCode;
    }

    [Fact]
    public async Task What_an_erased_account_said_is_nowhere_in_the_file_of_the_database()
    {
        await Ana.SaysAsync(Room, "O al 612345678");
        await Ana.Get<MessageService>().EditAsync(Room, 3, "O al 655443322");
        Assert.Contains("655443322", await BytesAsync());
        await CloseAsync(await SignInAsync(Ana));
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        var left = await BytesAsync();
        Assert.DoesNotContain("612345678", left);
        Assert.DoesNotContain("655443322", left);
    }

    [Fact]
    public async Task How_and_of_what_a_person_was_told_is_gone_with_the_rest()
    {
        await HearAsync(Ana);
        await CloseAsync(await SignInAsync(Ana));
        await using var db = await DatabaseAsync();
        var closed = await db.Users.AsNoTracking().SingleAsync(user => user.Id == Ana.Id);
        Assert.Equal((null, null), (closed.Culture, closed.TimeZone));
        // The device goes with its session, the rest may come back.
        Assert.False(await db.PushDevices.AnyAsync());
        Assert.True(await db.NotificationPreferences.AnyAsync());
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        Assert.False(await db.NotificationPreferences.AnyAsync());
        Assert.False(await db.Notices.AnyAsync(notice => notice.PersonId == Ana.Id));
        Assert.False(await db.Outbox.AnyAsync(entry => entry.Key == OutboxEntry.KeyOf(Ana.Id)));
        Assert.True(await db.Notices.AnyAsync(notice => notice.PersonId == Bruno.Id));
    }

    [Fact]
    public async Task Blocks_end_both_ways_with_the_account_and_not_before()
    {
        var dora = await Site.App.JoinAsync("Dora");
        await Ana.Get<BlockService>().BlockAsync(Bruno.Id);
        await Bruno.Get<BlockService>().BlockAsync(Ana.Id);
        await Bruno.Get<BlockService>().BlockAsync(dora.Id);
        await CloseAsync(await SignInAsync(Ana));
        await using var db = await DatabaseAsync();
        Assert.Equal(3, await db.Blocks.CountAsync());
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        Assert.Equal(dora.Id, (await db.Blocks.SingleAsync()).BlockedId);
        Assert.Equal(RoomRestrictions.None, (await db.Rooms.SingleAsync(room => room.Id == Room)).Restrictions);
    }

    [Fact]
    public async Task Reports_lose_the_words_of_the_erased_and_keep_the_evidence_until_they_are_decided()
    {
        var reports = Bruno.Get<ReportService>();
        await reports.ReportAsync(new(ReportKind.Room, Room), ReportReason.Scam, "Cuidado");
        await reports.ReportAsync(new(ReportKind.Person, PersonId: Ana.Id), ReportReason.Scam, "Cuidado");
        await using (var before = await DatabaseAsync())
            await before
                .Reports.Where(report => report.Kind == ReportKind.Person)
                .ExecuteUpdateAsync(report => report.SetProperty(r => r.State, ReportState.Decided));
        await CloseAsync(await SignInAsync(Bruno));
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        await using var db = await DatabaseAsync();
        var kept = await db.Reports.OrderBy(report => report.Id).ToListAsync();
        Assert.All(kept, report => Assert.Null(report.Text));
        Assert.NotNull(kept[0].Evidence);
        Assert.Null(kept[1].Evidence);
        Assert.NotEmpty(kept[1].EvidenceHash);
    }

    [Fact]
    public async Task An_account_that_cannot_be_erased_keeps_no_other_waiting()
    {
        await CloseAsync(await SignInAsync(Ana));
        await CloseAsync(await SignInAsync(Bruno));
        await using var db = await DatabaseAsync();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER Stuck BEFORE UPDATE OF ErasedAt ON AspNetUsers
            WHEN OLD.Id = (SELECT MIN(Id) FROM AspNetUsers) BEGIN SELECT RAISE(ABORT, 'as asked'); END
            """
        );
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await ErasedAsync(Bruno);
        Assert.False(await db.Users.AnyAsync(user => user.Id == Ana.Id && user.ErasedAt != null));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Stuck");
        await ErasedAsync(Ana);

        Task ErasedAsync(Person person) =>
            Eventually.TrueAsync(
                async () =>
                {
                    await Closed.EraseAsync(default);
                    return await db.Users.AnyAsync(user => user.Id == person.Id && user.ErasedAt != null);
                },
                $"{person.Name}'s account is erased"
            );
    }

    private async Task<string> BytesAsync()
    {
        var copy = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var db = await DatabaseAsync())
                await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
            return await File.ReadAllTextAsync(copy, Encoding.Latin1);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
