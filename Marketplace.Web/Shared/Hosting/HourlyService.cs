namespace Marketplace.Web.Shared.Hosting;

/// <summary>Does something at the start and then each hour, whatever became of it before.</summary>
public abstract class HourlyService(TimeProvider clock, ILogger log) : BackgroundService
{
    protected static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected TimeProvider Clock => clock;

    protected ILogger Log => log;

    protected abstract Task DoAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        try
        {
            do await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process is stopping, or its start failed, which must not be reported as a second failure.
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await DoAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "{Service} failed and is tried again in an hour", GetType().Name);
        }
    }
}
