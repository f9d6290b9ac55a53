using Marketplace.Web.Realtime.Relay;

namespace Marketplace.Web.Accounts;

/// <summary>
/// While a node may not be heard, compares the accounts of those who are here with the database, so that a page that
/// nobody touches ends too. Acts and requests compare by themselves.
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
        if (!relay.HearsAll)
            await states.CompareAsync(cancellation);
    }
}
