using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Admin;

/// <summary>An undo on a page that was left open does not overrule what somebody has done since.</summary>
public sealed class StaleUndoTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>, IAsyncLifetime
{
    private const string Since = "Sigue como estaba: otra persona ha actuado después.";

    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_conversation_that_somebody_closed_for_a_reason_of_theirs_stays_closed()
    {
        var act = await LockAsync(carla, isLocked: true);
        await LockAsync(olga, isLocked: false);
        await LockAsync(olga, isLocked: true);
        Assert.Equal(Since, (await carla.Get<RoomActService>().TakeBackAsync(room, act))!.Text);
        Assert.False((await bruno.Chat.SendAsync(room, Guid.NewGuid(), "¿Hola?")).Succeeded);
    }

    [Fact]
    public async Task Ones_own_last_act_is_taken_back_once_and_nobody_elses()
    {
        var act = await LockAsync(carla, isLocked: true);
        Assert.NotNull(await olga.Get<RoomActService>().TakeBackAsync(room, act));
        Assert.Null(await carla.Get<RoomActService>().TakeBackAsync(room, act));
        await bruno.SaysAsync(room, "Gracias");
        await LockAsync(carla, isLocked: true);
        var again = await carla.Get<RoomActService>().TakeBackAsync(room, act);
        Assert.Equal("Sigue como estaba: has vuelto a actuar después.", again!.Text);
        Assert.Equal(RefusalKind.NotFound, (await ana.Get<RoomActService>().TakeBackAsync(room, act))!.Kind);
    }

    [Fact]
    public async Task A_conversation_that_somebody_holds_for_a_reason_of_theirs_stays_held()
    {
        var act = await HoldAsync(carla, isHeld: true);
        await HoldAsync(olga, isHeld: false);
        await HoldAsync(olga, isHeld: true);
        Assert.Equal(Since, (await carla.Get<RoomHoldService>().TakeBackAsync(room, act))!.Text);
        Assert.Equal("Olga", (await carla.Get<RoomHoldService>().FindAsync(room))!.Administrator);
        var lifted = await HoldAsync(carla, isHeld: false);
        Assert.Null(await carla.Get<RoomHoldService>().TakeBackAsync(room, lifted));
        Assert.NotNull(await olga.Get<RoomHoldService>().FindAsync(room));
    }

    [Fact]
    public async Task Somebody_who_was_suspended_again_by_another_stays_suspended()
    {
        var act = await DoesAsync(carla, OnBruno, ReportOutcome.Suspension);
        Assert.Null(await olga.People.ActAsync(bruno.Id, AuditAction.PersonReinstated, "Aclarado"));
        Assert.Equal(Since, (await carla.Get<CaseService>().UndoAsync(act))!.Text);
        await DoesAsync(olga, OnBruno, ReportOutcome.Suspension);
        Assert.Equal(Since, (await carla.Get<CaseService>().UndoAsync(act))!.Text);
        await using var db = app.Look();
        Assert.True(await db.Users.AnyAsync(user => user.Id == bruno.Id && user.SuspendedAt != null));
    }

    [Fact]
    public async Task A_suspension_of_ones_own_and_a_warning_are_taken_back()
    {
        var warned = await DoesAsync(carla, OnBruno, ReportOutcome.Warning);
        var suspended = await DoesAsync(carla, OnBruno, ReportOutcome.Suspension);
        Assert.Null(await carla.Get<CaseService>().UndoAsync(warned));
        Assert.Null(await carla.Get<CaseService>().UndoAsync(suspended));
        Assert.NotNull(await carla.Get<CaseService>().UndoAsync(suspended));
        await using var db = app.Look();
        Assert.True(await db.Users.AnyAsync(user => user.Id == bruno.Id && user.SuspendedAt == null));
    }

    [Fact]
    public async Task What_somebody_else_masked_afterwards_stays_masked()
    {
        await bruno.SaysAsync(room, "Llámame al 612 o escribe a b@x.es");
        var said = new ReportTarget(ReportKind.Message, room, 1);
        var number = await DoesAsync(carla, said, ReportOutcome.TextMasked, "612");
        var address = await DoesAsync(olga, said, ReportOutcome.TextMasked, "b@x.es");
        Assert.Equal(Since, (await carla.Get<CaseService>().UndoAsync(number))!.Text);
        var seen = (await ana.Chat.HistoryAsync(room, new MessageRange())).Value!.Single(message => message.Seq == 1);
        Assert.DoesNotContain("b@x.es", seen.Body);
        Assert.Null(await olga.Get<CaseService>().UndoAsync(address));
    }

    private ReportTarget OnBruno => new(ReportKind.Person, PersonId: bruno.Id);

    private async Task<long> LockAsync(Person who, bool isLocked) =>
        Done(await who.Get<RoomActService>().LockAsync(room, isLocked, "Por una denuncia"));

    private async Task<long> HoldAsync(Person who, bool isHeld) =>
        Done(await who.Get<RoomHoldService>().SetAsync(room, isHeld, "Juzgado 3"));

    private static async Task<long> DoesAsync(
        Person who,
        ReportTarget on,
        ReportOutcome outcome,
        string? part = null
    ) =>
        Done(
            await who.Get<CaseService>()
                .ActAsync(on, Verdict.OnOwnInitiative(outcome, HouseRule.PersonalData, "Así no.", part: part)!)
        );

    private static long Done(Outcome<long> acted)
    {
        Assert.True(acted.Succeeded, acted.Refusal?.Text);
        return acted.Value;
    }
}
