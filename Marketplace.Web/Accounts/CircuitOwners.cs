using Marketplace.Web.Accounts.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Caching.Memory;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Lets a connection take over a circuit only if it is of the session that opened it. The framework asks for the
/// circuit's secret alone.
/// </summary>
internal sealed class CircuitOwners(IMemoryCache owners) : IHubFilter
{
    /// <summary>Far longer than the framework keeps a circuit without a connection.</summary>
    private static readonly MemoryCacheEntryOptions Kept = new() { SlidingExpiration = TimeSpan.FromDays(1) };

    // The names of the framework's hub: each takes or returns a circuit's secret.
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext call,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        switch (call.HubMethodName)
        {
            case "ConnectCircuit" when IsForeign(call):
                return false;
            case "ResumeCircuit" when IsForeign(call):
                return null;
            case "StartCircuit" or "ResumeCircuit":
                var secret = await next(call);
                if (secret is string kept)
                    owners.Set((typeof(CircuitOwners), kept), call.Context.User?.Session(), Kept);
                return secret;
            default:
                return await next(call);
        }
    }

    private bool IsForeign(HubInvocationContext call) =>
        call.HubMethodArguments is [string secret, ..]
        && owners.TryGetValue((typeof(CircuitOwners), secret), out Guid? session)
        && session != call.Context.User?.Session();
}
