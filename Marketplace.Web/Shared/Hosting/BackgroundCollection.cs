namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// On one core the runtime loses the thread that collects the oldest generation beside the program when it had nothing to
/// do for 20 seconds, and then collects with everything standing: 365 to 760 ms with 2,000 open pages. Asked more often
/// than that, it keeps the thread (bench/README.md; dotnet/runtime issue 13238).
/// </summary>
internal sealed class BackgroundCollection : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(15);

    /// <summary>Where there is more than one core, the collector is another one, which keeps its threads.</summary>
    public static bool IsNeeded => Environment.ProcessorCount == 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often);
        do GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
