namespace Marketplace.Web.Shared.Hosting;

/// <summary>Does something at the start and then each hour, whatever became of it before.</summary>
public abstract class HourlyService(TimeProvider clock, ILogger log) : BackgroundService
{
    protected static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    protected TimeProvider Clock => clock;

    protected ILogger Log => log;

    /// <summary>False if another node is doing it: asked again in a minute, since that node may have been killed.</summary>
    protected abstract Task<bool> DoAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // Begins before the work, whose own time does not delay the next.
                var next = Task.Delay(Between, clock, stoppingToken);
                while (!await TryAsync(stoppingToken) && !next.IsCompleted)
                    await Task.WhenAny(next, Task.Delay(Soon, clock, stoppingToken));
                await next;
            }
        }
        catch (OperationCanceledException)
        {
            // The process is stopping, or its start failed, which must not be reported as a second failure.
        }
    }

    private async Task<bool> TryAsync(CancellationToken stopping)
    {
        try
        {
            return await DoAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "{Service} failed and is tried again in an hour", GetType().Name);
            return true;
        }
    }
}
