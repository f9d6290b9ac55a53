using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>A node that hears no others goes on alone: it is degraded, and still takes people.</summary>
internal sealed class RelayCheck(RelayState relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            relay.IsWell ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Other nodes may not be heard.")
        );
}
