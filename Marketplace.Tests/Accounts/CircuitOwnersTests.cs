using System.Security.Claims;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

public sealed class CircuitOwnersTests : IDisposable
{
    private const string Secret = "circuit's secret";

    private readonly MemoryCache cache = new(new MemoryCacheOptions());
    private readonly CircuitOwners owners;
    private readonly (Guid Own, Guid Other) sessions = (Guid.NewGuid(), Guid.NewGuid());

    public CircuitOwnersTests() => owners = new(cache);

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task Only_the_session_that_opened_a_circuit_takes_it_over()
    {
        Assert.Equal(Secret, await CallAsync("StartCircuit", sessions.Own, Secret, "http://localhost/"));
        Assert.Equal(true, await CallAsync("ConnectCircuit", sessions.Own, true));
        Assert.Equal(false, await CallAsync("ConnectCircuit", sessions.Other, true));
        Assert.Equal(false, await CallAsync("ConnectCircuit", null, true));
        Assert.Null(await CallAsync("ResumeCircuit", sessions.Other, "another secret"));
        Assert.Equal("another secret", await CallAsync("ResumeCircuit", sessions.Own, "another secret"));
        Assert.Equal(false, await CallAsync("ConnectCircuit", sessions.Other, true, "another secret"));
    }

    private async Task<object?> CallAsync(string method, Guid? session, object answer, string argument = Secret)
    {
        var caller = new Caller(session is { } id ? SessionClaims.Of(id, refresh: null) : []);
        using var services = new ServiceCollection().BuildServiceProvider();
        using var hub = new FrameworkHub();
        var call = new HubInvocationContext(caller, services, hub, typeof(FrameworkHub).GetMethod(method)!, [argument]);
        return await owners.InvokeMethodAsync(call, _ => ValueTask.FromResult<object?>(answer));
    }

    private sealed class FrameworkHub : Hub
    {
        public static void StartCircuit() { }

        public static void ConnectCircuit() { }

        public static void ResumeCircuit() { }
    }

    private sealed class Caller(IEnumerable<Claim> claims) : HubCallerContext
    {
        public override string ConnectionId => "";
        public override string? UserIdentifier => null;
        public override ClaimsPrincipal User { get; } = new(new ClaimsIdentity(claims, "test"));
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() { }
    }
}
