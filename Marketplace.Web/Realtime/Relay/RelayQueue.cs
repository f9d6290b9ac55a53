using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>
/// What this node has to tell the others. Adding never waits: beyond <see cref="Capacity"/> an event is dropped and its
/// number with it, and the others see the hole.
/// </summary>
internal sealed class RelayQueue(string node, TimeProvider clock)
{
    public const int Capacity = 10_000;

    /// <summary>Bytes in one message to the broker, unless a single event is longer.</summary>
    private const int MaxBatch = 64 * 1024;

    private readonly Lock numbering = new();
    private readonly Channel<Entry> entries = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private (IRelayed? Told, byte[] Body) lately = (null, []);
    private long number;

    private readonly record struct Entry(
        RelayStamp Stamp,
        Topic Topic,
        string? Type,
        IRelayed? Told,
        ActivityContext Trace
    );

    public void Add(Topic topic, IRelayed told)
    {
        lock (numbering)
            entries.Writer.TryWrite(
                new(
                    Stamp(told is IFleeting ? RelayStamp.Fleeting : ++number),
                    topic,
                    told.GetType().Name,
                    told,
                    SiteTraces.Here
                )
            );
    }

    public void Beat()
    {
        lock (numbering)
            entries.Writer.TryWrite(new(Stamp(number), default, null, null, default));
    }

    /// <summary>The last line: this node stops, and is not to be missed.</summary>
    public void Leave()
    {
        lock (numbering)
            entries.Writer.TryWrite(new(Stamp(number), default, RelayEnvelope.Farewell, null, default));
        entries.Writer.TryComplete();
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => entries.Reader.WaitToReadAsync(cancellation);

    /// <summary>Moves what waits to the two buffers; false if it did not fit.</summary>
    public bool Take(IBufferWriter<byte> lasting, IBufferWriter<byte> fleeting)
    {
        var taken = 0;
        while (taken < MaxBatch && entries.Reader.TryRead(out var entry))
        {
            var body = entry.Told is { } told ? Body(told) : null;
            var buffer = entry.Told is IFleeting ? fleeting : lasting;
            RelayEnvelope.Write(buffer, entry.Stamp, entry.Topic, entry.Type, body, SiteTraces.Write(entry.Trace));
            taken += 100 + (body?.Length ?? 0);
        }
        return taken < MaxBatch;
    }

    // One event often goes to several topics in a row.
    private byte[] Body(IRelayed told)
    {
        if (!ReferenceEquals(lately.Told, told))
            lately = (told, RelayedTypes.Write(told));
        return lately.Body;
    }

    private RelayStamp Stamp(long n) => new(node, n, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
