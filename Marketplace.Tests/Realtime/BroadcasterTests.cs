using System.Collections.Concurrent;
using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Realtime;

public sealed class BroadcasterTests
{
    private static readonly Topic Room = new("room", 1);

    private readonly Broadcaster broadcaster = new(NullLogger<Broadcaster>.Instance);
    private readonly ConcurrentQueue<object> heard = new();

    [Fact]
    public async Task Order_is_kept()
    {
        using var listening = Listen();
        for (var i = 0; i < 200; i++)
            broadcaster.Publish(Room, i);
        await HeardAsync(200);
        Assert.Equal(Enumerable.Range(0, 200).Cast<object>(), heard);
    }

    [Fact]
    public async Task A_slow_subscriber_delays_nobody()
    {
        var never = new TaskCompletionSource();
        using var slow = broadcaster.Subscribe([Room], _ => never.Task);
        using var listening = Listen();
        broadcaster.Publish(Room, 1);
        broadcaster.Publish(Room, 2);
        await HeardAsync(2);
        never.SetResult();
    }

    [Fact]
    public async Task A_throwing_subscriber_harms_nobody_and_is_told_again()
    {
        var tries = 0;
        using var throwing = broadcaster.Subscribe(
            [Room],
            _ => ++tries > 0 ? throw new InvalidOperationException("It fails each time.") : Task.CompletedTask
        );
        using var listening = Listen();
        broadcaster.Publish(Room, 1);
        broadcaster.Publish(Room, 2);
        await HeardAsync(2);
        await Eventually.TrueAsync(() => tries == 2, "the throwing subscriber was told of both events");
    }

    [Fact]
    public async Task A_culture_is_not_carried_over()
    {
        using var spanish = ListenIn("es", () => heard.Enqueue(CultureInfo.CurrentCulture.Name));
        CultureInfo.CurrentCulture = new CultureInfo("en");
        broadcaster.Publish(Room, 1);
        await HeardAsync(1);
        Assert.Equal("es", Assert.Single(heard));
    }

    [Fact]
    public void Disposing_twice_is_safe()
    {
        var listening = Listen();
        listening.Dispose();
        listening.Dispose();
        Assert.Equal(0, broadcaster.TopicCount);
    }

    [Fact]
    public async Task Disposing_inside_a_callback_is_safe_and_ends_the_telling()
    {
        IDisposable? listening = null;
        listening = broadcaster.Subscribe(
            [Room],
            told =>
            {
                heard.Enqueue(told);
                listening!.Dispose();
                return Task.CompletedTask;
            }
        );
        using var other = Listen();
        broadcaster.Publish(Room, 1);
        broadcaster.Publish(Room, 2);
        await HeardAsync(3);
        Assert.Equal(2, heard.Count(told => told is 1));
    }

    [Fact]
    public void Nothing_is_left_after_the_last_one_goes()
    {
        var listenings = Enumerable.Range(0, 50).Select(_ => Listen()).ToList();
        Assert.Equal(1, broadcaster.TopicCount);
        Parallel.ForEach(listenings, listening => listening.Dispose());
        Assert.Equal(0, broadcaster.TopicCount);
    }

    [Fact]
    public async Task What_is_followed_changes_and_what_it_began_with_stays()
    {
        Topic near = new("presence", 2);
        Topic far = new("presence", 3);
        var listening = Listen();
        listening.Follow([near]);
        broadcaster.Publish(near, "near");
        listening.Follow([near, far]);
        broadcaster.Publish(near, "still near");
        broadcaster.Publish(far, "far");
        listening.Follow([far]);
        broadcaster.Publish(near, "no longer near");
        broadcaster.Publish(Room, "room");
        await HeardAsync(4);
        Assert.Equal(["near", "still near", "far", "room"], heard);
        listening.Dispose();
        listening.Follow([near]);
        Assert.Equal(0, broadcaster.TopicCount);
    }

    [Fact]
    public async Task An_overflowing_subscription_ends_in_a_re_read_not_in_silence()
    {
        var gate = new TaskCompletionSource();
        using var listening = broadcaster.Subscribe(
            [Room],
            async told =>
            {
                await gate.Task;
                heard.Enqueue(told);
            }
        );
        for (var i = 0; i < 2_000; i++)
            broadcaster.Publish(Room, i);
        gate.SetResult();
        await Eventually.TrueAsync(() => heard.Contains(1_999), "the last event arrived");
        Assert.Contains(Missed.Events, heard);
        Assert.True(heard.Count < 600, "It buffers without end.");
    }

    private Subscription Listen() =>
        broadcaster.Subscribe(
            [Room],
            told =>
            {
                heard.Enqueue(told);
                return Task.CompletedTask;
            }
        );

    private IDisposable ListenIn(string culture, Action act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            return broadcaster.Subscribe(
                [Room],
                _ =>
                {
                    act();
                    return Task.CompletedTask;
                }
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private Task HeardAsync(int count) => Eventually.TrueAsync(() => heard.Count >= count, $"{count} events arrived");
}
