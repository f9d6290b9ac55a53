using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

/// <summary>Unread counts against the messages.</summary>
public sealed class UnreadCheckerTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Hola");
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await ana.SaysAsync(room, "Sí");
        Assert.Null(await ana.Chat.MarkReadAsync(room, 1));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task What_people_did_leaves_no_count_wrong()
    {
        await bruno.SaysAsync(room, "Me la llevo");
        Assert.Null((await bruno.Get<Web.Chat.MessageService>().DeleteAsync(room, 2)).Refusal);
        await ana.Get<MembershipService>().MarkUnreadAsync(room);
        await bruno.ContactsAsync(await ana.SellsAsync());
        var checkedNow = await CheckAsync(repairs: false);
        Assert.Equal((4, 0), (checkedNow.Checked, checkedNow.Drifted));
    }

    [Fact]
    public async Task A_count_that_drifted_is_found_and_put_right_and_an_open_list_is_told()
    {
        await DriftAsync(2);
        var found = await CheckAsync(repairs: false);
        Assert.Equal((2, 1, 0), (found.Checked, found.Drifted, found.Repaired));
        Assert.Equal(3, (await ana.Inbox.RowAsync(room))!.Unread);
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        var repaired = await CheckAsync(repairs: true);
        Assert.Equal((1, 1), (repaired.Drifted, repaired.Repaired));
        Assert.Equal(1, (await ana.Inbox.RowAsync(room))!.Unread);
        await Eventually.TrueAsync(() => open.Rows[0].Unread == 1, "the open list shows it");
        Assert.Equal(0, (await CheckAsync(repairs: false)).Drifted);
        await bruno.SaysAsync(room, "¿Hola?");
        Assert.Equal(2, (await ana.Inbox.RowAsync(room))!.Unread);
    }

    [Fact]
    public async Task A_repair_is_recorded_and_an_auditor_only_reads_the_outcome()
    {
        var vera = await app.JoinAsync("Vera", auditor: true);
        Assert.Equal(RefusalKind.NotFound, (await vera.Get<UnreadService>().StartAsync(repairs: true))!.Kind);
        await CheckAsync(repairs: true);
        Assert.Equal(AuditAction.UnreadRepaired, (await carla.RecordAsync())[0].Action);
        Assert.Equal(2, (await vera.Get<DashboardService>().FindAsync(30))!.Unread.Checked);
    }

    [Fact]
    public async Task While_one_is_running_no_other_begins()
    {
        await using (await app.Services.GetRequiredService<JobLeases>().TryHoldAsync("unread check"))
            Assert.Equal(RefusalKind.Conflict, (await carla.Get<UnreadService>().StartAsync(repairs: false))!.Kind);
        Assert.Equal(2, (await CheckAsync(repairs: false)).Checked);
    }

    private async Task DriftAsync(long by)
    {
        await using var db = app.Look();
        await db
            .Memberships.Where(member => member.UserId == ana.Id)
            .ExecuteUpdateAsync(member => member.SetProperty(m => m.OthersRead, m => m.OthersRead - by));
    }

    private async Task<UnreadView> CheckAsync(bool repairs)
    {
        Assert.Null(await carla.Get<UnreadService>().StartAsync(repairs));
        var checker = app.Services.GetRequiredService<UnreadChecker>();
        await Eventually.TrueAsync(() => checker.Progress is null, "the check is over");
        return (await carla.Get<DashboardService>().FindAsync(1))!.Unread;
    }
}
