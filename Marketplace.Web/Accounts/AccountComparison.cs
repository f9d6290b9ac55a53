using Marketplace.Web.Realtime.Relay;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Where other nodes change accounts too, compares those of the people who are here with the database: some hundreds in a
/// statement, where each would be read alone when its copy is too old. While a node may not be heard, a page that nobody
/// touches ends so too.
/// </summary>
internal sealed class AccountComparison(
    AccountStates states,
    RelayState relay,
    TimeProvider clock,
    ILogger<AccountComparison> log
) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await CompareAsync(stoppingToken);
            }
            // Tried again in the next round; an exception here would stop the host.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Accounts are compared in the next round: {Reason}", exception.Message);
            }
        }
    }

    internal async Task CompareAsync(CancellationToken cancellation = default)
    {
        if (relay.IsOn)
            await states.CompareAsync(cancellation);
    }
}
