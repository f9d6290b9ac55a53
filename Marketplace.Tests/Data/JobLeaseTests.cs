using System.Collections.Concurrent;
using System.Data.Common;
using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Data;

/// <summary>Two nodes on one database, and jobs that one of them does at a time.</summary>
public sealed class JobLeaseTests : IAsyncLifetime
{
    private const string Job = "sweeping";

    private readonly HandClock clock = new();
    private readonly Refused refused = new();
    private readonly MarketplaceApp one;
    private readonly MarketplaceApp other;

    public JobLeaseTests()
    {
        one = new() { Beside = Add };
        other = new()
        {
            Folder = one.Folder,
            KeepsFolder = true,
            Beside = Add,
        };
    }

    private void Add(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(clock).AddSingleton<IInterceptor>(refused);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await one.DisposeAsync();
    }

    [Fact]
    public async Task While_a_node_does_a_job_the_other_does_not_and_may_as_soon_as_it_has_ended()
    {
        await using (var held = await Leases(one).TryHoldAsync(Job))
        {
            Assert.NotNull(held);
            Assert.False(await Leases(other).TryRunAsync(Job, _ => throw new InvalidOperationException("Both do it.")));
            Assert.Null(await Leases(one).TryHoldAsync(Job));
            Assert.True((await RowAsync()).Until > clock.GetUtcNow().UtcDateTime);
        }
        var before = await RowAsync();
        Assert.True(before.Until <= clock.GetUtcNow().UtcDateTime);
        Assert.True(await Leases(other).TryRunAsync(Job, _ => Task.CompletedTask));
        Assert.NotEqual(before.Holder, (await RowAsync()).Holder);
    }

    [Fact]
    public async Task Of_many_who_come_at_once_one_gets_the_job_the_first_time_and_each_time_after()
    {
        for (var time = 0; time < 5; time++)
        {
            var all = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(i => Leases(i % 2 == 0 ? one : other).TryHoldAsync(Job))
            );
            await Assert.Single(all, lease => lease is not null)!.DisposeAsync();
        }
        // What is expected is no error in the log.
        Assert.Empty(refused.Statements);
    }

    [Fact]
    public async Task Who_was_killed_is_followed_after_a_minute_and_not_before()
    {
        // Never disposed, as of a process that is no more.
        Assert.NotNull(await Leases(one).TryHoldAsync(Job));
        clock.Set(JobLeases.Life - TimeSpan.FromSeconds(1));
        Assert.Null(await Leases(other).TryHoldAsync(Job));
        clock.Set(TimeSpan.FromSeconds(1));
        await using var after = await Leases(other).TryHoldAsync(Job);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task Who_stops_cleanly_hands_over_at_once()
    {
        using var stopping = new CancellationTokenSource();
        var working = Leases(one).TryRunAsync(Job, ends => Task.Delay(Timeout.Infinite, ends), stopping.Token);
        await Eventually.TrueAsync(async () => (await Leases(other).ListAsync()).Any(IsHeld), "it is held");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        Assert.True(await Leases(other).TryRunAsync(Job, _ => Task.CompletedTask));
    }

    [Fact]
    public async Task A_long_job_keeps_its_lease_and_ends_where_another_node_has_it_all_the_same()
    {
        var quick = new QuickClock();
        var leases = Of(quick);
        var working = leases.TryRunAsync(Job, ends => Task.Delay(Timeout.Infinite, ends));
        await Eventually.TrueAsync(async () => (await leases.ListAsync()).Any(row => row.Job == Job), "it is held");
        var first = (await RowAsync()).Until;
        quick.Now += JobLeases.Life / 2;
        await Eventually.TrueAsync(async () => (await RowAsync()).Until > first, "it is renewed");
        await using (var db = one.Look())
            await db.Leases.ExecuteUpdateAsync(row => row.SetProperty(l => l.HoldId, Guid.NewGuid()));
        Assert.False(await working.InTimeAsync("the job ends"));
        Assert.True((await RowAsync()).Until > quick.Now.UtcDateTime);
    }

    [Fact]
    public async Task Who_cannot_renew_ends_before_another_may_begin()
    {
        var quick = new QuickClock();
        var working = Of(quick).TryRunAsync(Job, ends => Task.Delay(Timeout.Infinite, ends));
        await Eventually.TrueAsync(
            async () => (await Leases(one).ListAsync()).Any(row => row.Job == Job),
            "it is held"
        );
        await using var db = one.Look();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE Leases RENAME TO Away");
        quick.Now += JobLeases.Life;
        Assert.False(await working.InTimeAsync("the job ends"));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_keeps_nobody_from_a_job()
    {
        Assert.NotNull(await Leases(one).TryHoldAsync(Job));
        clock.Set(TimeSpan.FromDays(-1));
        Assert.True(await Leases(other).TryRunAsync(Job, _ => Task.CompletedTask));
    }

    [Fact]
    public async Task On_SQL_Server_it_is_taken_by_one_update_that_says_whose_it_may_be()
    {
        var heard = new Unsent();
        await using var db = new SqlServerMarketplaceDbContext(
            new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>()
                .UseSqlServer("Server=none")
                .AddInterceptors(heard, new Unopened())
                .Options
        );
        var mine = new Lease { Job = Job, Holder = "one" };
        Assert.Equal(1, await JobLeases.TakeAsync(db, mine, DateTime.UnixEpoch));
        Assert.Matches(
            @"(?s)^(SET NOCOUNT OFF;\s+)?UPDATE \[l\]\s+SET .*\[HoldId\] = @.*\[Until\] = @.*FROM \[Leases\] AS \[l\]\s+"
                + @"WHERE \[l\]\.\[Job\] = @\w+ AND \(\[l\]\.\[Until\] <= @\w+ OR \[l\]\.\[Until\] > @\w+\)$",
            heard.Sql
        );
    }

    [Fact]
    public async Task On_SQL_Server_the_first_row_is_added_under_a_lock_on_its_gap()
    {
        var heard = new Unsent();
        await using var db = new SqlServerMarketplaceDbContext(
            new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>()
                .UseSqlServer("Server=none")
                .AddInterceptors(heard, new Unopened())
                .Options
        );
        await JobLeases.AddFreeAsync(db, Job);
        Assert.Matches(
            @"(?s)^INSERT INTO Leases \(.*\) SELECT @.*\s"
                + @"WHERE NOT EXISTS \(SELECT 1 FROM Leases WITH \(UPDLOCK, HOLDLOCK\) WHERE Job = @\w+\)$",
            heard.Sql
        );
    }

    private static JobLeases Leases(MarketplaceApp node) => node.Services.GetRequiredService<JobLeases>();

    private JobLeases Of(TimeProvider time) =>
        new(
            one.Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>(),
            one.Services.GetRequiredService<WriteTransactions>(),
            time,
            NullLogger<JobLeases>.Instance
        );

    private bool IsHeld(LeaseView lease) => lease.Job == Job && lease.Until > clock.GetUtcNow().UtcDateTime;

    private async Task<LeaseView> RowAsync() => Assert.Single(await Leases(one).ListAsync(), lease => lease.Job == Job);

    /// <summary>Timers ring a hundred times as soon as they are asked to.</summary>
    private sealed class QuickClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 100, period);
    }

    /// <summary>Notes what the database refused, which is logged as an error.</summary>
    private sealed class Refused : DbCommandInterceptor
    {
        public ConcurrentBag<string> Statements { get; } = [];

        public override Task CommandFailedAsync(
            DbCommand command,
            CommandErrorEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Statements.Add(command.CommandText);
            return Task.CompletedTask;
        }
    }

    /// <summary>Notes the statement instead of sending it.</summary>
    private sealed class Unsent : DbCommandInterceptor
    {
        public string Sql { get; private set; } = "";

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Sql = command.CommandText;
            return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(1));
        }
    }

    private sealed class Unopened : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(InterceptionResult.Suppress());
    }
}
