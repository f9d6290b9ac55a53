using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Notifications;

/// <summary>What the administration undoes before anybody heard of it is no news.</summary>
public sealed class UndoneNoticeTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task Whoever_has_read_that_a_conversation_was_closed_hears_that_it_is_open_and_nobody_else()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var (_, _, other) = await app.TalkAsync();
        var acts = (await app.JoinAsync("Carla", administrator: true)).Get<RoomActService>();
        Assert.Null((await acts.LockAsync(room, isLocked: true, "Fraude")).Refusal);
        Assert.Null((await acts.LockAsync(other, isLocked: true, "Fraude")).Refusal);
        await ana.Get<NoticeService>().MarkReadAsync(long.MaxValue);
        Assert.Null((await acts.LockAsync(room, isLocked: false, "Me he equivocado")).Refusal);
        Assert.Equal([NoticeKind.RoomUnlocked, NoticeKind.RoomLocked], await ToldAsync(ana));
        Assert.Empty(await ToldAsync(bruno));
        await using var db = app.Look();
        Assert.Equal(2, await db.Notices.CountAsync(one => one.Data!.StartsWith($"{{\"room\":{other},")));
    }

    [Theory]
    [InlineData(NoticeOutcome.Sent, NoticeOutcome.Waiting)]
    [InlineData(NoticeOutcome.Waiting, NoticeOutcome.Sent)]
    public async Task Whoever_had_a_mail_or_a_push_message_of_it_hears_of_the_undo(
        NoticeOutcome mail,
        NoticeOutcome push
    )
    {
        var (ana, _, room) = await app.TalkAsync();
        var acts = (await app.JoinAsync("Carla", administrator: true)).Get<RoomActService>();
        Assert.Null((await acts.LockAsync(room, isLocked: true, "Fraude")).Refusal);
        await using (var db = app.Look())
            await db
                .Notices.Where(one => one.PersonId == ana.Id)
                .ExecuteUpdateAsync(one => one.SetProperty(n => n.Mail, mail).SetProperty(n => n.Push, push));
        Assert.Null((await acts.LockAsync(room, isLocked: false, "Me he equivocado")).Refusal);
        Assert.Equal([NoticeKind.RoomUnlocked, NoticeKind.RoomLocked], await ToldAsync(ana));
    }

    [Fact]
    public async Task Why_a_conversation_is_closed_again_is_told_and_that_it_was_open_meanwhile_is_not()
    {
        var (_, bruno, room) = await app.TalkAsync();
        var acts = (await app.JoinAsync("Carla", administrator: true)).Get<RoomActService>();
        Assert.Null((await acts.LockAsync(room, isLocked: true, "Fraude")).Refusal);
        await bruno.Get<NoticeService>().MarkReadAsync(long.MaxValue);
        Assert.Null((await acts.LockAsync(room, isLocked: false, "Aclarado")).Refusal);
        Assert.Null((await acts.LockAsync(room, isLocked: true, "Otra vez")).Refusal);
        var notices = (await bruno.Get<NoticeService>().PageAsync()).Items;
        Assert.Equal(["Otra vez", "Fraude"], notices.Select(notice => NoticeAct.Read(notice.Kind, notice.Data)!.Text));
        await bruno.Get<NoticeService>().MarkReadAsync(long.MaxValue);
        var opened = await acts.LockAsync(room, isLocked: false, "Por error");
        Assert.Null(await acts.TakeBackAsync(room, opened.Value));
        Assert.Equal(2, (await ToldAsync(bruno)).Count());
    }

    [Fact]
    public async Task A_decision_that_is_taken_back_unread_leaves_no_notice_and_stays_to_be_read()
    {
        var (_, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Llámame");
        var cases = (await app.JoinAsync("Carla", administrator: true)).Get<CaseService>();
        var verdict = Verdict.OnOwnInitiative(ReportOutcome.MessageHidden, HouseRule.Spam, "Así no.")!;
        var acted = await cases.ActAsync(new(ReportKind.Message, room, 1), verdict);
        Assert.Equal([NoticeKind.Decided], await ToldAsync(bruno));
        Assert.Null(await cases.TakeBackAsync(acted.Value));
        Assert.Empty(await ToldAsync(bruno));
        Assert.Equal(2, (await bruno.Get<ObjectionService>().FindAsync(acted.Value))!.Decisions.Count);
    }

    private static async Task<IEnumerable<NoticeKind>> ToldAsync(Person person) =>
        (await person.Get<NoticeService>().PageAsync()).Items.Select(notice => notice.Kind);
}
