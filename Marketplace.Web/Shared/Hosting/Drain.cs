namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// The end of a node that is not alone. Begun, <c>/health/ready</c> answers 404, so that the proxy sends nobody new; pages
/// and programs are told to leave; requests are served as ever. When all have left, at the latest after
/// <c>Hosting:Drain</c> seconds, the host stops.
/// </summary>
public sealed class Drain(TimeSpan time, IHostApplicationLifetime host, TimeProvider clock, ILogger<Drain> log)
    : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Two checks of the proxy, which sends requests until it has seen the answer.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource begun = new();
    private readonly long start = clock.GetTimestamp();
    private long served;
    private long ends;
    private int connected;
    private bool isAsked;

    public bool HasBegun => begun.IsCancellationRequested;

    /// <summary>Counts a page or program until it is disposed.</summary>
    /// <param name="leave">Told at most once how much time is left, at once where the drain has begun; must not wait.</param>
    public IDisposable Enter(Action<TimeSpan> leave)
    {
        Interlocked.Increment(ref connected);
        return new Stay(this, begun.Token.Register(() => leave(Left)));
    }

    /// <summary>A request has come: the proxy still sends some.</summary>
    public void Serve() => Volatile.Write(ref served, Now);

    /// <summary>The second call stops the host at once.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref isAsked, true))
            host.StopApplication();
        else
            _ = Task.Run(RunAsync);
    }

    public void Dispose() => begun.Dispose();

    private long Now => clock.GetElapsedTime(start).Ticks;

    private TimeSpan Left => TimeSpan.FromTicks(ends - Now);

    private bool IsNeeded => connected > 0 || (served > 0 && Now - Volatile.Read(ref served) < Quiet.Ticks);

    private async Task RunAsync()
    {
        try
        {
            ends = Now + time.Ticks;
            log.LogInformation(
                "Draining: {Connected} pages and programs have {Seconds} s",
                connected,
                time.TotalSeconds
            );
            await begun.CancelAsync();
            while (Left > TimeSpan.Zero && IsNeeded && !host.ApplicationStopping.IsCancellationRequested)
                await Task.Delay(Look, clock);
            log.LogInformation("Drained: {Connected} pages and programs have not left", connected);
        }
        finally
        {
            host.StopApplication();
        }
    }

    private sealed class Stay(Drain drain, CancellationTokenRegistration told) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, true))
                return;
            told.Unregister();
            Interlocked.Decrement(ref drain.connected);
        }
    }
}
