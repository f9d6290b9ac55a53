using System.Data.Common;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketplace.Tests.Data;

/// <summary>What two nodes that share a database do, each with all its jobs.</summary>
public sealed class LeasedJobTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly Heard heard = new();
    private readonly MarketplaceApp one;
    private readonly MarketplaceApp other;

    public LeasedJobTests()
    {
        one = Node(keepsFolder: false, Directory.CreateTempSubdirectory("marketplace-"));
        other = Node(keepsFolder: true, one.Folder);
    }

    private string Anchor => Path.Combine(one.Folder.FullName, "elsewhere", "checkpoints.jsonl");

    public Task InitializeAsync()
    {
        _ = (one.Services, other.Services);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await one.DisposeAsync();
    }

    [Fact]
    public async Task The_record_is_signed_once_for_both_and_by_the_one_that_is_left()
    {
        var carla = await one.JoinAsync("Carla", administrator: true);
        for (var round = 1; round <= 3; round++)
        {
            await carla.Supervision.PeopleAsync($"bruno {round}");
            await PassSlowlyUntilAsync(() => Sizes().Contains(round), "it is signed");
        }
        var (looks, until) = (heard.Looks, clock.GetUtcNow() + 2 * AuditCheckpoints.Apart);
        await PassSlowlyUntilAsync(
            () => heard.Looks > looks + 20 && clock.GetUtcNow() > until,
            "both have looked again"
        );
        Assert.Equal([1, 2, 3], Sizes());
        Assert.Equal(new AuditVerdict(3, 3, null), await one.Services.GetRequiredService<AuditCheck>().RunAsync());
        await other.DisposeAsync();
        await carla.Supervision.PeopleAsync("bruno 4");
        await PassSlowlyUntilAsync(() => Sizes().Contains(4), "the one that is left signs it");
    }

    [Fact]
    public async Task While_one_counts_or_checks_the_other_does_not()
    {
        var carla = await other.JoinAsync("Carla", administrator: true);
        var leases = one.Services.GetRequiredService<JobLeases>();
        await using (await leases.TryHoldAsync("day counter"))
        await using (await leases.TryHoldAsync("unread check"))
        {
            await other.Services.GetRequiredService<DayCounter>().CountAsync();
            Assert.False(await other.Services.GetRequiredService<UnreadChecker>().BeginAsync(repairs: false));
            Assert.Null((await carla.Get<DashboardService>().FindAsync(1))!.At);
        }
        await other.Services.GetRequiredService<DayCounter>().CountAsync();
        Assert.True(await other.Services.GetRequiredService<UnreadChecker>().BeginAsync(repairs: false));
        Assert.NotNull((await carla.Get<DashboardService>().FindAsync(1))!.At);
    }

    [Fact]
    public async Task Leases_that_cannot_be_read_stop_no_node_and_the_jobs_go_on_afterwards()
    {
        await using var db = one.Look();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE Leases RENAME TO Away");
        await PassUntilAsync(() => heard.Refused > 20, "the jobs were refused several times");
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO Leases");
        await PassUntilAsync(() => db.UnreadChecks.AnyAsync(check => check.EndedAt != null), "a check was made");
        foreach (var node in new[] { one, other })
            Assert.False(
                node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
            );
    }

    private MarketplaceApp Node(bool keepsFolder, DirectoryInfo folder) =>
        new()
        {
            Folder = folder,
            KeepsFolder = keepsFolder,
            Beside = services => services.AddSingleton<TimeProvider>(clock).AddSingleton<IInterceptor>(heard),
            Settings =
            {
                ["Audit:KeyFile"] = Path.Combine(folder.FullName, "key.pem"),
                ["Audit:Anchor"] = Path.Combine(folder.FullName, "elsewhere", "checkpoints.jsonl"),
            },
        };

    private List<long> Sizes() =>
        File.Exists(Anchor) ? [.. File.ReadAllLines(Anchor).Select(line => AuditCheckpoint.Read(line)!.Size)] : [];

    // No lease runs out under who has it.
    private Task PassSlowlyUntilAsync(Func<bool> condition, string what) =>
        Eventually.TrueAsync(
            async () =>
            {
                var rows = await one.Services.GetRequiredService<JobLeases>().ListAsync();
                if (rows.All(row => row.Until <= clock.GetUtcNow().UtcDateTime))
                    clock.Advance(JobLeases.Life / 3);
                return condition();
            },
            what
        );

    private Task PassUntilAsync(Func<bool> condition, string what) =>
        PassUntilAsync(() => Task.FromResult(condition()), what);

    private Task PassUntilAsync(Func<Task<bool>> condition, string what) =>
        Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMinutes(5));
                return await condition();
            },
            what
        );

    /// <summary>Counts looks for the last checkpoint, and statements about leases that failed.</summary>
    private sealed class Heard : DbCommandInterceptor
    {
        private int looks;
        private int refused;

        public int Looks => looks;

        public int Refused => refused;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (command.CommandText.Contains("\"AuditMarks\""))
                Interlocked.Increment(ref looks);
            return ValueTask.FromResult(result);
        }

        public override Task CommandFailedAsync(
            DbCommand command,
            CommandErrorEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            if (command.CommandText.Contains("\"Leases\""))
                Interlocked.Increment(ref refused);
            return Task.CompletedTask;
        }
    }
}
