using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Realtime.Relay;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// Compares what is shown with the database, so that even the last event of a room, or all of them while the nodes do
/// not hear each other, are missed for no longer than <see cref="Pause"/>.
/// </summary>
public sealed class LiveComparison(
    Broadcaster broadcaster,
    RelayState relay,
    IDbContextFactory<MarketplaceDbContext> database,
    TimeProvider clock,
    ILogger<LiveComparison> log
) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>For an event that is on its way while the database is read.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Rooms or people in one query.</summary>
    private const int Part = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await CompareAsync(stoppingToken);
            }
            // Tried again in the next round; an exception here would stop the host.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("What is shown is compared in the next round: {Reason}", exception.Message);
            }
        }
    }

    /// <summary>Tells those to read again who show less than is stored.</summary>
    internal async Task CompareAsync(CancellationToken cancellation = default)
    {
        var shown = broadcaster
            .Subscriptions.Where(open => open.Shows is not null)
            .ToLookup(open => open.Shows!.Topic.Kind);
        var behind = new List<(Subscription Open, long Stored)>();
        await AddAsync(behind, shown[ChatTopics.Room(0).Kind], LiveQueries.Rooms, cancellation);
        await AddAsync(behind, shown[ChatTopics.Person(0).Kind], LiveQueries.Inboxes, cancellation);
        if (behind.Count == 0)
            return;
        await Task.Delay(Grace, clock, cancellation);
        foreach (var (open, stored) in behind)
            if (open.Shows!.Version() < stored)
                Tell(open);
    }

    private async Task AddAsync(
        List<(Subscription Open, long Stored)> behind,
        IEnumerable<Subscription> open,
        Func<MarketplaceDbContext, IReadOnlyList<long>, IQueryable<LiveVersion>> stored,
        CancellationToken cancellation
    )
    {
        foreach (var part in open.GroupBy(one => one.Shows!.Topic.Id).Chunk(Part))
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            var versions = await stored(db, [.. part.Select(one => one.Key)])
                .ToDictionaryAsync(one => one.Id, one => one.Version, cancellation);
            foreach (var one in part.SelectMany(one => one))
                if (versions.GetValueOrDefault(one.Shows!.Topic.Id) is var version && one.Shows.Version() < version)
                    behind.Add((one, version));
        }
    }

    private void Tell(Subscription behind)
    {
        relay.Repaired();
        behind.Post(Missed.Events);
    }
}
