using System.Buffers;
using System.Threading.Channels;
using Marketplace.Web.Shared;
using StackExchange.Redis;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>
/// Carries events between nodes by Redis pub/sub, which delivers at most once. What may have been lost is seen by
/// numbers and beats, and everybody here is then told to read again.
/// </summary>
public sealed class RedisRelay : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private const int RoundsToSay = 60;

    /// <summary>Reading again is spread over two seconds, in so many parts.</summary>
    private const int Parts = 20;

    private static readonly TimeSpan Part = TimeSpan.FromMilliseconds(100);

    private readonly RelaySettings settings;
    private readonly Broadcaster broadcaster;
    private readonly RelayState state;
    private readonly TimeProvider clock;
    private readonly ILogger<RedisRelay> log;
    private readonly RelayQueue queue;
    private readonly RelayNodes nodes = new();
    private readonly Channel<bool> missed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private DateTimeOffset heardSelfAt;

    public RedisRelay(
        RelaySettings settings,
        Broadcaster broadcaster,
        RelayState state,
        TimeProvider clock,
        ILogger<RedisRelay> log
    )
    {
        (this.settings, this.broadcaster, this.state, this.clock, this.log) = (
            settings,
            broadcaster,
            state,
            clock,
            log
        );
        queue = new RelayQueue(state.Here, clock);
        state.IsOn = true;
        state.IsUp = false;
        broadcaster.Elsewhere = queue.Add;
    }

    private RedisChannel Lasting => RedisChannel.Literal($"{settings.Channel}:events");
    private RedisChannel Fleeting => RedisChannel.Literal($"{settings.Channel}:moments");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(settings.Redis);
        redis.ConnectionRestored += (_, _) => Miss();
        redis.ConnectionFailed += (_, failed) => log.LogWarning("The relay is cut off: {Failure}", failed.FailureType);
        var subscriber = redis.GetSubscriber();
        (await SubscribeAsync(subscriber, Lasting, stoppingToken))?.OnMessage(told => Receive(told.Message));
        (await SubscribeAsync(subscriber, Fleeting, stoppingToken))?.OnMessage(told => Receive(told.Message));
        await Task.WhenAll(BeatAsync(stoppingToken), TellMissedAsync(stoppingToken), SendAsync(subscriber));
    }

    // The client subscribes again by itself after a cut, but a broker that was never there refuses the first time.
    private async Task<ChannelMessageQueue?> SubscribeAsync(
        ISubscriber subscriber,
        RedisChannel channel,
        CancellationToken stopping
    )
    {
        for (var round = 0; !stopping.IsCancellationRequested; round++)
        {
            try
            {
                return await subscriber.SubscribeAsync(channel);
            }
            catch (Exception exception) when (IsCut(exception))
            {
                if (round % RoundsToSay == 0)
                    log.LogWarning("The relay does not answer, trying again: {Reason}", exception.Message);
                await PauseAsync(Beat, stopping);
            }
        }
        return null;
    }

    private async Task SendAsync(ISubscriber subscriber)
    {
        var (lasting, fleeting) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        while (await queue.WaitAsync(CancellationToken.None))
        {
            queue.Take(lasting, fleeting);
            await SendAsync(subscriber, Lasting, lasting);
            await SendAsync(subscriber, Fleeting, fleeting);
        }
    }

    private static async Task SendAsync(ISubscriber subscriber, RedisChannel channel, ArrayBufferWriter<byte> lines)
    {
        if (lines.WrittenCount == 0)
            return;
        try
        {
            await subscriber.PublishAsync(channel, lines.WrittenMemory);
        }
        catch (Exception exception) when (IsCut(exception))
        {
            // Lost: the others see the hole in the numbers.
        }
        lines.ResetWrittenCount();
    }

    // The client's own timeout is no RedisException: a broker that takes all and answers nothing must not end the site.
    private static bool IsCut(Exception exception) => exception is RedisException or TimeoutException;

    private async Task BeatAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            queue.Beat();
            var now = clock.GetUtcNow();
            if (nodes.FindSilent(now))
                Miss();
            state.Nodes = nodes.All;
            state.IsUp = now - heardSelfAt <= RelayNodes.Patience;
            await PauseAsync(Beat, stopping);
        }
        queue.Leave();
    }

    private void Receive(ReadOnlyMemory<byte> lines)
    {
        foreach (var range in lines.Span.Split((byte)'\n'))
            if (RelayEnvelope.Read(lines[range]) is { } envelope)
                Receive(envelope);
    }

    private void Receive(RelayEnvelope envelope)
    {
        var (stamp, now) = (envelope.Stamp, clock.GetUtcNow());
        if (stamp.Node == state.Here)
        {
            heardSelfAt = now;
            return;
        }
        if (!envelope.IsFleeting && nodes.Hear(stamp, envelope.IsEvent, now))
            Miss();
        if (envelope.IsFarewell)
            nodes.Leave(stamp.Node);
        if (envelope.Type is not { } type || !envelope.IsEvent && !envelope.IsFleeting)
            return;
        state.Lagged(now - DateTimeOffset.FromUnixTimeMilliseconds(stamp.SentAt));
        using var carried = SiteTraces.Follow("message carried", SiteTraces.Read(envelope.Trace));
        // Too long to travel, or of another version: whoever listens reads.
        broadcaster.PublishHere(envelope.Topic, RelayedTypes.Read(type, envelope.Body.Span) ?? Missed.Events);
    }

    // Copies in memory are dropped at once; only the pages take their time.
    private void Miss()
    {
        state.Missed();
        broadcaster.PublishHere(Topic.Everything, Missed.Events);
        missed.Writer.TryWrite(true);
    }

    // All at once would read the database as often as pages are open.
    private async Task TellMissedAsync(CancellationToken stopping)
    {
        while (await IsMissedAsync(stopping))
        {
            var open = broadcaster.Subscriptions.ToArray();
            Random.Shared.Shuffle(open);
            foreach (var part in open.Chunk(1 + open.Length / Parts))
            {
                foreach (var subscription in part)
                    subscription.Post(Missed.Events);
                await PauseAsync(Part, stopping);
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

    /// <summary>Ends early, and without an exception, when the node stops.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping) =>
        await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
