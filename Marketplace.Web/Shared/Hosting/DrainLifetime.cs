using System.Runtime.InteropServices;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Instead of the framework's, which stops the host at the first signal. Ctrl+C still does.</summary>
internal sealed class DrainLifetime(Drain drain, IHostApplicationLifetime host) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration[] signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals =
        [
            On(PosixSignal.SIGTERM, drain.Begin),
            On(PosixSignal.SIGINT, host.StopApplication),
            On(PosixSignal.SIGQUIT, host.StopApplication),
        ];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Array.ForEach(signals, signal => signal.Dispose());

    private static PosixSignalRegistration On(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                act();
            }
        );
}
