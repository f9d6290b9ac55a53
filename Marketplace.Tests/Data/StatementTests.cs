using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Data;

/// <summary>No screen's number of statements depends on how much there is.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly Statements statements = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long room;

    public StatementTests() => app = new() { Beside = services => services.AddSingleton<IInterceptor>(statements) };

    public async Task InitializeAsync()
    {
        (ana, bruno, carla) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Carla", administrator: true)
        );
        room = await TalkAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Screens_take_as_many_statements_with_much_as_with_little()
    {
        // The first time also reads who asks, which is then known.
        await CountsAsync();
        var little = await CountsAsync();
        for (var i = 0; i < 12; i++)
            await TalkAsync();
        for (var i = 0; i < 60; i++)
            await bruno.SaysAsync(room, $"{i}");
        var much = await CountsAsync();
        Assert.Equal(little, much);
        Assert.Equal(
            "home 1, listing 1, list 1, unread 1, room 2, history 2, rooms of administrators 1",
            string.Join(", ", much.Select(screen => $"{screen.Key} {screen.Value}"))
        );
    }

    private async Task<Dictionary<string, int>> CountsAsync() =>
        new()
        {
            ["home"] = await statements.CountAsync(() => bruno.Listings.SearchAsync(new ListingFilter("bici"))),
            ["listing"] = await statements.CountAsync(() => bruno.Listings.FindAsync(1)),
            ["list"] = await statements.CountAsync(() => ana.Inbox.PageAsync()),
            ["unread"] = await statements.CountAsync(() => ana.Inbox.UnreadAsync()),
            ["room"] = await statements.CountAsync(() => OpenAsync(ana)),
            ["history"] = await statements.CountAsync(() => ana.Chat.HistoryAsync(room, new HistoryWindow())),
            ["rooms of administrators"] = await statements.CountAsync(() => carla.Supervision.RoomsAsync("ana bici")),
        };

    private async Task OpenAsync(Person person)
    {
        using var screen = person.Chat.Open(room, work => work());
        await screen.LoadAsync();
    }

    private async Task<long> TalkAsync()
    {
        var made = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(made, "Hola");
        return made;
    }
}
