using System.Threading.Channels;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>Tells everybody here to read again. All at once would read the database as often as pages are open.</summary>
internal sealed class MissedEvents(Broadcaster broadcaster, TimeProvider clock)
{
    /// <summary>Reading again is spread over two seconds, in so many parts.</summary>
    private const int Parts = 20;

    private static readonly TimeSpan Part = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> missed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <summary>Copies in memory are dropped at once; only the pages take their time.</summary>
    public void Add()
    {
        broadcaster.PublishHere(Topic.Everything, Missed.Events);
        missed.Writer.TryWrite(true);
    }

    public async Task TellAsync(CancellationToken stopping)
    {
        while (await IsMissedAsync(stopping))
        {
            var open = broadcaster.Subscriptions.ToArray();
            Random.Shared.Shuffle(open);
            foreach (var part in open.Chunk(1 + open.Length / Parts))
            {
                foreach (var subscription in part)
                    subscription.Post(Missed.Events);
                await Task.Delay(Part, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> IsMissedAsync(CancellationToken stopping)
    {
        try
        {
            return await missed.Reader.ReadAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
