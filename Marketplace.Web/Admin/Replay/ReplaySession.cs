namespace Marketplace.Web.Admin.Replay;

/// <summary>Plays a room's past on one page, in its rhythm.</summary>
public sealed class ReplaySession(ReplayService service, long roomId, TimeProvider clock) : IDisposable
{
    /// <summary>No wait is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private CancellationTokenSource? playing;

    /// <summary>Null until loaded, and once the role is lost.</summary>
    public ReplayWindow? Window { get; private set; }

    public bool IsPlaying => playing is not null;

    /// <summary>How much faster than it happened; 0 waits for nothing.</summary>
    public int Speed { get; set; } = 10;

    public bool IsAtEnd => Window is null or { IsAtEnd: true, HasNext: false };

    public async Task SeekAsync(long seq) =>
        Window = await service.ReadAsync(roomId, seq) is { } part ? new(part) : null;

    public async Task BackAsync()
    {
        Pause();
        if (Window is { IsAtBeginning: true, Seq: > 0 } window)
            await SeekAsync(window.Seq - 1);
        else
            Window?.Back();
    }

    /// <summary>One event; with no waits, all of the window.</summary>
    public async Task ForwardAsync(bool all = false)
    {
        if (!await ReachAsync())
            return;
        do Window!.Forward();
        while (all && !Window.IsAtEnd);
    }

    /// <summary>Until the end or <see cref="Pause"/>.</summary>
    public async Task PlayAsync(Action draw)
    {
        Pause();
        using var mine = playing = new CancellationTokenSource();
        try
        {
            while (await ReachAsync())
            {
                await Task.Delay(Wait(Window!.Gap, Speed), clock, mine.Token);
                await ForwardAsync(all: Speed == 0);
                draw();
            }
        }
        catch (OperationCanceledException) { }
        if (playing == mine)
            playing = null;
    }

    public void Pause()
    {
        playing?.Cancel();
        playing = null;
    }

    public static TimeSpan Wait(TimeSpan gap, int speed) =>
        speed == 0 ? Breath
        : gap / speed < Longest ? gap / speed
        : Longest;

    public void Dispose() => Pause();

    // Whether there is an event to go on to; reads the next window at the end of one.
    private async Task<bool> ReachAsync()
    {
        if (!await service.MayGoOnAsync())
            Window = null;
        if (Window is { IsAtEnd: true, HasNext: true } window)
            await SeekAsync(window.Seq);
        return Window is { IsAtEnd: false };
    }
}
