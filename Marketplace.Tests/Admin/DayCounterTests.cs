using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>What the dashboard says of days that have been.</summary>
public sealed class DayCounterTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;

    public DayCounterTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync() =>
        (ana, bruno, carla) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Carla", administrator: true)
        );

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Each_day_has_its_messages_its_rooms_and_its_people_once()
    {
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "Hola");
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        clock.Set(TimeSpan.FromDays(1));
        await ana.SaysAsync(room, "Sí");
        var other = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(other, "¿Y este?");
        var view = await CountedAsync();
        Assert.Equal([2, 2], Of(view, Figure.Messages));
        Assert.Equal([1, 2], Of(view, Figure.Rooms));
        Assert.Equal([1, 2], Of(view, Figure.People));
        Assert.Equal([1, 1], Of(view, Figure.Begun));
        clock.Set(TimeSpan.FromMinutes(10));
        await ana.SaysAsync(other, "También");
        Assert.Equal([2, 3], Of(await CountedAsync(), Figure.Messages));
    }

    [Fact]
    public async Task The_first_answer_counts_on_its_day_and_no_later_one_does()
    {
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "Hola");
        clock.Set(TimeSpan.FromHours(20));
        await ana.SaysAsync(room, "Hola, sí");
        await ana.SaysAsync(room, "¿Te la guardo?");
        clock.Set(TimeSpan.FromDays(1));
        await bruno.SaysAsync(room, "Sí");
        await ana.SaysAsync(room, "Hecho");
        var view = await CountedAsync();
        Assert.Equal(1, view.Parts(Figure.FirstAnswer).Values.Sum());
        Assert.InRange(view.Percentile(Figure.FirstAnswer, 0.5)!.Value.TotalHours, 16, 24);
    }

    [Fact]
    public async Task Only_buyers_who_wait_for_more_than_a_day_are_unanswered()
    {
        var late = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(late, "Hola");
        var answered = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(answered, "Hola");
        await ana.SaysAsync(answered, "Hola");
        Assert.Equal(0, (await CountedAsync()).Last(Figure.Unanswered));
        clock.Set(TimeSpan.FromHours(25));
        await bruno.SaysAsync(answered, "¿Y bien?");
        Assert.Equal(1, (await CountedAsync()).Last(Figure.Unanswered));
    }

    [Fact]
    public async Task Reports_looks_and_room_on_the_disk_are_there_and_a_refused_look_is_none()
    {
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "Paga por fuera");
        await ana.Get<ReportService>().ReportAsync(new(ReportKind.Message, room, 1), ReportReason.Scam, null);
        await carla.Get<AuditRecord>().WriteAsync(carla.Id, new(AuditAction.RoomOpened, room));
        await carla.Get<AuditRecord>().WriteAsync(carla.Id, new(AuditAction.RoomOpened, room) { IsRefused = true });
        var view = await CountedAsync();
        Assert.Equal(1, view.Parts(Figure.Reports)[(int)ReportReason.Scam]);
        Assert.Equal(1, view.Sum(Figure.Looks));
        Assert.Equal(
            (1, clock.GetUtcNow().UtcDateTime.AddMinutes(-1)),
            (view.OpenReports.Count, view.OpenReports.Oldest)
        );
        Assert.True(view.Last(Figure.Database) > 100_000);
        Assert.Equal(0, view.Last(Figure.Files));
        Assert.Contains(view.Queues, queue => queue.Kind == SiteQueues.Journal);
    }

    [Fact]
    public async Task Of_two_nodes_one_counts()
    {
        await CountedAsync();
        await using (var db = app.Look())
            await db.DailyFigures.ExecuteDeleteAsync();
        await app.Services.GetRequiredService<DayCounter>().CountAsync();
        await using var after = app.Look();
        Assert.Empty(await after.DailyFigures.ToListAsync());
    }

    [Fact]
    public async Task Auditors_read_the_figures_and_nobody_else_does()
    {
        var vera = await app.JoinAsync("Vera", auditor: true);
        Assert.False((await vera.Get<DashboardService>().FindAsync(30))!.MayAct);
        Assert.Null(await ana.Get<DashboardService>().FindAsync(30));
        Assert.False(await ana.Get<DashboardService>().CountAsync());
    }

    private async Task<DashboardView> CountedAsync()
    {
        clock.Set(TimeSpan.FromMinutes(1));
        Assert.True(await carla.Get<DashboardService>().CountAsync());
        return (await carla.Get<DashboardService>().FindAsync(7))!;
    }

    private static IEnumerable<long> Of(DashboardView view, Figure figure) => view.ByDay(figure).TakeLast(2);
}
