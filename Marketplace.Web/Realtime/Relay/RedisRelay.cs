using System.Buffers;
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

    /// <summary>After a sending: waking threads for each event costs more than the event. The first goes at once.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(8);

    private readonly RelaySettings settings;
    private readonly Broadcaster broadcaster;
    private readonly RelayState state;
    private readonly TimeProvider clock;
    private readonly RelayQueue queue;
    private readonly RelayNodes nodes = new();
    private readonly MissedEvents missed;
    private readonly BrokerNews news;
    private readonly byte[] own;
    private DateTimeOffset heardSelfAt;

    public RedisRelay(
        RelaySettings settings,
        Broadcaster broadcaster,
        RelayState state,
        TimeProvider clock,
        ILogger<RedisRelay> log
    )
    {
        (this.settings, this.broadcaster, this.state, this.clock) = (settings, broadcaster, state, clock);
        own = RelayEnvelope.BeginningOf(state.Here);
        queue = new RelayQueue(state.Here, clock);
        missed = new MissedEvents(broadcaster, clock);
        news = new BrokerNews(settings.Redis, log);
        state.IsOn = true;
        state.IsUp = false;
        broadcaster.Elsewhere = queue.Add;
    }

    private RedisChannel Lasting => RedisChannel.Literal($"{settings.Channel}:events");
    private RedisChannel Fleeting => RedisChannel.Literal($"{settings.Channel}:moments");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(settings.Redis);
        redis.ConnectionRestored += (_, _) =>
        {
            news.Note();
            Miss();
        };
        redis.ConnectionFailed += (_, failed) => news.Note(failed.Exception, failed.FailureType);
        var subscriber = redis.GetSubscriber();
        await Task.WhenAll(
            BeatAsync(stoppingToken),
            missed.TellAsync(stoppingToken),
            SendAsync(subscriber),
            ListenAsync(subscriber, stoppingToken)
        );
    }

    private async Task ListenAsync(ISubscriber subscriber, CancellationToken stopping)
    {
        foreach (var channel in new[] { Lasting, Fleeting })
            (await SubscribeAsync(subscriber, channel, stopping))?.OnMessage(told => Receive(told.Message));
    }

    // The client subscribes again by itself after a cut, but a broker that was never there refuses the first time.
    private async Task<ChannelMessageQueue?> SubscribeAsync(
        ISubscriber subscriber,
        RedisChannel channel,
        CancellationToken stopping
    )
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                return await subscriber.SubscribeAsync(channel);
            }
            catch (Exception exception) when (IsCut(exception))
            {
                news.Note(exception);
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
            var isAll = queue.Take(lasting, fleeting);
            await SendAsync(subscriber, Lasting, lasting);
            await SendAsync(subscriber, Fleeting, fleeting);
            if (isAll)
                await Task.Delay(Gather, clock);
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
        for (var began = clock.GetUtcNow(); !stopping.IsCancellationRequested; )
        {
            queue.Beat();
            var now = clock.GetUtcNow();
            if (nodes.FindSilent(now))
                Miss();
            state.Nodes = nodes.All;
            state.IsUp = now - heardSelfAt <= RelayNodes.Patience;
            // It has not heard itself yet when it begins.
            if (state.IsUp || now - began > RelayNodes.Patience)
                news.Tell(state.IsUp);
            await PauseAsync(Beat, stopping);
        }
        queue.Leave();
    }

    private void Receive(ReadOnlyMemory<byte> lines)
    {
        // What is sent at once is of one node.
        if (lines.Span.StartsWith(own))
        {
            heardSelfAt = clock.GetUtcNow();
            return;
        }
        foreach (var range in lines.Span.Split((byte)'\n'))
            if (RelayEnvelope.Read(lines[range]) is { } envelope)
                Receive(envelope);
    }

    private void Receive(RelayEnvelope envelope)
    {
        var (stamp, now) = (envelope.Stamp, clock.GetUtcNow());
        if (!envelope.IsFleeting && nodes.Hear(stamp, envelope.IsEvent, now))
            Miss();
        if (envelope.IsFarewell)
            nodes.Leave(stamp.Node);
        if (envelope.Type is not { } type || !envelope.IsEvent && !envelope.IsFleeting)
            return;
        state.Lagged(now - DateTimeOffset.FromUnixTimeMilliseconds(stamp.SentAt));
        if (!broadcaster.IsHeard(envelope.Topic, RelayedTypes.Find(type)))
            return;
        using var carried = SiteTraces.Follow("message carried", SiteTraces.Read(envelope.Trace));
        // Too long to travel, or of another version: whoever listens reads.
        broadcaster.PublishHere(envelope.Topic, RelayedTypes.Read(type, envelope.Body.Span) ?? Missed.Events);
    }

    private void Miss()
    {
        state.Missed();
        missed.Add();
    }

    /// <summary>Ends early, and without an exception, when the node stops.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping) =>
        await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
