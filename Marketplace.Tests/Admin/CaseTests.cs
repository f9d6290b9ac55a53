using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Marketplace.Tests.Admin;

/// <summary>What administrators do of their own accord: hide, mask, warn and suspend, each with its way back.</summary>
public sealed class CaseTests : IAsyncLifetime
{
    private const string Number = "612 345 678";

    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public CaseTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
        await bruno.SaysAsync(room, $"Llámame al {Number}");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    private ReportTarget Said => new(ReportKind.Message, room, 1);

    private static Verdict Of(ReportOutcome outcome, int? days = null, string? part = null) =>
        Verdict.OnOwnInitiative(outcome, HouseRule.PersonalData, "Así no.", days, part)!;

    private async Task<long> DoesAsync(ReportTarget target, Verdict verdict)
    {
        var acted = await carla.Get<CaseService>().ActAsync(target, verdict);
        Assert.True(acted.Succeeded, acted.Refusal?.Text);
        return acted.Value;
    }

    private async Task<MessageView> SeenByAsync(Person reader) =>
        (await reader.Chat.HistoryAsync(room, new MessageRange())).Value!.Single(message => message.Seq == 1);

    private static async Task<long> UnreadAsync(Person reader) => (await reader.Inbox.PageAsync()).Single().Unread;

    [Fact]
    public async Task A_hidden_message_leaves_every_screen_and_comes_back_as_it_was()
    {
        var before = await SeenByAsync(ana);
        var heard = new TaskCompletionSource<MessageChanged>();
        using var listening = await ana.Inbox.ListenAsync(told =>
        {
            if (told is MessageChanged changed)
                heard.TrySetResult(changed);
            return Task.CompletedTask;
        });
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        foreach (var reader in new[] { ana, bruno })
        {
            var hidden = await SeenByAsync(reader);
            Assert.Equal(("", HouseRule.PersonalData), (hidden.Body, hidden.Hidden!.Value));
            Assert.NotNull(hidden.DeletedAt);
            Assert.Empty(await reader.Get<SearchService>().FindAsync("llámame"));
        }
        Assert.Equal("", (await heard.Task.InTimeAsync("the change")).Message.Body);
        Assert.Equal(0, await UnreadAsync(ana));
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        var after = await SeenByAsync(ana);
        Assert.Equal(before with { Rev = after.Rev }, after);
        Assert.Equal(1, await UnreadAsync(ana));
        Assert.Single(await ana.Get<SearchService>().FindAsync("llámame"));
    }

    [Fact]
    public async Task What_was_read_while_it_was_hidden_is_not_unread_when_it_is_back()
    {
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        await bruno.SaysAsync(room, "¿Hola?");
        await ana.Chat.MarkReadAsync(room, 2);
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        Assert.Equal(0, await UnreadAsync(ana));
    }

    [Fact]
    public async Task What_is_taken_back_twice_is_told_once()
    {
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        await bruno.Get<NoticeService>().MarkReadAsync(long.MaxValue);
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        Assert.NotNull(await carla.Get<CaseService>().TakeBackAsync(id));
        await using var db = app.Look();
        Assert.Equal(2, await db.Notices.CountAsync(one => one.Kind == NoticeKind.Decided));
    }

    [Fact]
    public async Task A_masked_number_is_gone_for_both_and_its_author_cannot_put_it_back()
    {
        var id = await DoesAsync(Said, Of(ReportOutcome.TextMasked, part: Number));
        Assert.Equal($"Llámame al {MessageModerator.Mask}", (await SeenByAsync(ana)).Body);
        Assert.Empty(await ana.Get<SearchService>().FindAsync("678"));
        var edited = await bruno.Get<MessageService>().EditAsync(room, 1, $"Otra vez: {Number}");
        Assert.NotNull(edited.Refusal);
        await ana.Get<MessageService>().ReactAsync(room, 1, "👍");
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        var back = await SeenByAsync(ana);
        Assert.Equal($"Llámame al {Number}", back.Body);
        Assert.Single(back.Reactions!);
        Assert.Null(back.Masked);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_hidden_and_nothing_is_written()
    {
        var cases = carla.Get<CaseService>();
        Assert.NotNull((await cases.ActAsync(Said, Of(ReportOutcome.TextMasked, part: "no está"))).Refusal);
        Assert.NotNull(
            (await cases.ActAsync(new(ReportKind.Message, room, 99), Of(ReportOutcome.MessageHidden))).Refusal
        );
        await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        Assert.NotNull((await cases.ActAsync(Said, Of(ReportOutcome.MessageHidden))).Refusal);
        await using var db = app.Look();
        Assert.Equal(1, await db.Reports.CountAsync());
        Assert.Equal(1, await db.ReportDecisions.CountAsync());
    }

    [Fact]
    public async Task The_author_is_told_and_objects_and_somebody_else_shows_the_message_again()
    {
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        Assert.Empty(await carla.Get<ReportService>().MineAsync());
        await using (var db = app.Look())
        {
            var notice = await db.Notices.SingleAsync(one => one.Kind == NoticeKind.Decided);
            Assert.Equal((bruno.Id, id), (notice.PersonId, ReportNotice.Read(notice.Data)!.Report));
        }
        Assert.Null(await bruno.Get<ObjectionService>().ObjectAsync(id, "Era mi trabajo"));
        Assert.NotNull(await carla.Get<CaseService>().TakeBackAsync(id));
        Assert.NotNull((await carla.Get<ReportReviewService>().TakeAsync(id)).Refusal);
        Assert.True((await olga.Get<ReportReviewService>().TakeAsync(id)).Succeeded);
        var verdict = Verdict.For(ReportOutcome.NoInfringement, null, "Nada", "Tienes razón")!;
        Assert.Null(await olga.Get<ReportReviewService>().DecideAsync(id, verdict));
        Assert.Equal($"Llámame al {Number}", (await SeenByAsync(ana)).Body);
    }

    [Fact]
    public async Task What_its_author_deletes_while_it_is_hidden_does_not_come_back()
    {
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, 1)).Succeeded);
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        var gone = await SeenByAsync(ana);
        Assert.Equal(("", null), (gone.Body, gone.Hidden));
        Assert.NotNull(gone.DeletedAt);
    }

    [Fact]
    public async Task A_text_that_changed_while_it_was_judged_is_not_hidden()
    {
        var judged = await carla.Get<CaseService>().AskAsync(Said);
        await bruno.Get<MessageService>().EditAsync(room, 1, "Perdona, no quería decir eso");
        var acted = await carla.Get<CaseService>().ActAsync(Said, Of(ReportOutcome.MessageHidden), judged!.Excerpt);
        Assert.NotNull(acted.Refusal);
        Assert.Null((await SeenByAsync(ana)).Hidden);
    }

    [Fact]
    public async Task Nobody_acts_in_a_conversation_of_their_own()
    {
        var own = await carla.ContactsAsync(await ana.SellsAsync("Mesa"));
        await ana.SaysAsync(own, "No te la vendo");
        var acted = await carla
            .Get<CaseService>()
            .ActAsync(new(ReportKind.Message, own, 1), Of(ReportOutcome.MessageHidden));
        Assert.NotNull(acted.Refusal);
        Assert.True((await carla.RecordAsync())[0].IsRefused);
    }

    [Fact]
    public async Task A_removed_listing_is_gone_for_strangers_and_its_seller_cannot_bring_it_back()
    {
        var listing = (await carla.Supervision.FindRoomAsync(room))!.ListingId;
        var dora = await app.JoinAsync("Dora");
        var id = await DoesAsync(new(ReportKind.Listing, ListingId: listing), Of(ReportOutcome.ListingRemoved));
        Assert.Null(await dora.Listings.FindAsync(listing));
        Assert.NotNull(await bruno.Listings.FindAsync(listing));
        Assert.False((await dora.Get<ContactService>().ContactAsync(listing)).Succeeded);
        var back = await ana.Get<IDeals>().SettleAsync(listing, ListingState.Active, null);
        Assert.NotNull(back.Refusal);
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        Assert.Equal(ListingState.Active, (await dora.Listings.FindAsync(listing))!.State);
    }

    [Theory]
    [InlineData("Mi correo: ANA@x.es", "ana@x.es", "Mi correo: #")]
    [InlineData("👨‍👩‍👧‍👦 y 👨", "👨", "👨‍👩‍👧‍👦 y #")]
    [InlineData("a‍b", "‍", "a‍b")]
    [InlineData("uno dos uno", "uno", "# dos #")]
    public void A_mask_covers_whole_characters_whatever_their_case(string text, string part, string masked) =>
        Assert.Equal(masked, MaskedText.Of(text, part, "#"));

    [Fact]
    public async Task A_suspension_until_a_day_ends_on_that_day()
    {
        await DoesAsync(new(ReportKind.Person, PersonId: bruno.Id), Of(ReportOutcome.Suspension, days: 3));
        var states = app.Services.GetRequiredService<AccountStates>();
        Assert.True((await states.FindAsync(bruno.Id))!.IsSuspended);
        clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(async () => !(await states.FindAsync(bruno.Id))!.IsSuspended, "the end");
    }

    [Fact]
    public async Task A_warning_is_in_the_record_with_whom_it_was_of()
    {
        await DoesAsync(new(ReportKind.Person, PersonId: bruno.Id), Of(ReportOutcome.Warning));
        var entry = (await carla.RecordAsync())[0];
        Assert.Equal((AuditAction.PersonWarned, "Bruno"), (entry.Action, entry.Person));
        Assert.EndsWith("Así no.", entry.Text);
    }

    [Fact]
    public async Task Nobody_acts_on_themselves_or_without_the_role()
    {
        var self = await carla
            .Get<CaseService>()
            .ActAsync(new(ReportKind.Person, PersonId: carla.Id), Of(ReportOutcome.Warning));
        Assert.NotNull(self.Refusal);
        var entry = (await carla.RecordAsync())[0];
        Assert.StartsWith("Intento rechazado: ", entry.What(carla.Get<IStringLocalizer<AdminTexts>>()));
        Assert.NotNull((await ana.Get<CaseService>().ActAsync(Said, Of(ReportOutcome.MessageHidden))).Refusal);
        var id = await DoesAsync(Said, Of(ReportOutcome.MessageHidden));
        Assert.NotNull(await ana.Get<CaseService>().TakeBackAsync(id));
        Assert.Null(await ana.Get<CaseService>().HidingAsync(room, 1));
    }
}
