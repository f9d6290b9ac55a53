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
        await CompareAsync(shown[ChatTopics.Room(0).Kind], LiveQueries.Rooms, cancellation);
        await CompareAsync(shown[ChatTopics.Person(0).Kind], LiveQueries.Inboxes, cancellation);
    }

    private async Task CompareAsync(
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
            foreach (var subscription in part.SelectMany(one => one))
                if (subscription.Shows!.Version() < versions.GetValueOrDefault(subscription.Shows.Topic.Id))
                    Tell(subscription);
        }
    }

    private void Tell(Subscription behind)
    {
        relay.Repaired();
        behind.Post(Missed.Events);
    }
}
