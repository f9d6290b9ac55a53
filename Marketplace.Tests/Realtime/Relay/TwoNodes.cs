using Marketplace.Tests.Support;
using Marketplace.Web.Realtime.Relay;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>Two nodes on one database and one broker, which hear each other; the other one's line to it can fail.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    public RedisServer Redis { get; private set; } = default!;
    public Link Line { get; private set; } = default!;
    public MarketplaceApp One { get; private set; } = default!;
    public MarketplaceApp Other { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartNewAsync();
        Line = new(Redis.Uri);
        One = new() { Settings = { ["Relay:Redis"] = Redis.Address } };
        Other = new()
        {
            Folder = One.Folder,
            KeepsFolder = true,
            Settings = { ["Relay:Redis"] = Line.Address.Authority },
        };
        _ = (State(One), State(Other));
        await HearAsync();
    }

    /// <summary>Waits until both nodes hear each other.</summary>
    public async Task HearAsync()
    {
        foreach (var node in new[] { One, Other })
            await Eventually.TrueAsync(
                () => State(node) is { HearsAll: true, Nodes.Count: > 0 },
                "the nodes hear each other"
            );
    }

    public static RelayState State(MarketplaceApp node) => node.Services.GetRequiredService<RelayState>();

    public async Task DisposeAsync()
    {
        await Other.DisposeAsync();
        await One.DisposeAsync();
        await Line.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
