using Marketplace.Web.Shared;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>What one node let through, for the others to count.</summary>
public sealed record LimitsTaken(string Node, IReadOnlyList<LimitTaken> Taken) : IFleeting;

/// <summary>
/// Nodes tell each other what their limits let through. Nobody waits for an answer, so that whoever asks all nodes at
/// once gets at most what each lets through within one <see cref="Apart"/>.
/// </summary>
internal sealed class LimitExchange(LimitBook book, Broadcaster broadcaster, RelayState relay, TimeProvider clock)
    : BackgroundService
{
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(250);

    /// <summary>An event that is too long does not travel.</summary>
    private const int Part = 50;

    private static readonly Topic Limits = new("limits", 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.Share();
        broadcaster.Before<LimitsTaken>(told =>
        {
            if (told.Node != relay.Here)
                book.Spend(told.Taken);
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var part in book.Drain().Chunk(Part))
                broadcaster.Publish(Limits, new LimitsTaken(relay.Here, part));
            await Task.Delay(Apart, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
