using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Rooms;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class InboxSessionTests : IAsyncLifetime
{
    private readonly Between between = new("\"Memberships\"");
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private long open;
    private long archived;

    public InboxSessionTests() => app = new() { Beside = services => services.AddSingleton<IInterceptor>(between) };

    public async Task InitializeAsync()
    {
        var bruno = await app.JoinAsync("Bruno");
        ana = await app.JoinAsync("Ana");
        open = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        archived = await bruno.ContactsAsync(await ana.SellsAsync("Silla"));
        foreach (var room in new[] { open, archived })
            await bruno.SaysAsync(room, "¿Sigue disponible?");
        Assert.True(await ana.Get<MembershipService>().ArchiveAsync(archived, true));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task What_the_filter_before_finds_too_late_does_not_fill_the_list_of_the_next()
    {
        using var list = ana.Inbox.Open(ana.RunAsync);
        await list.LoadAsync();
        between.Happens = () => list.ShowAsync(InboxFilter.All);
        await list.ShowAsync(InboxFilter.Archived);
        Assert.Null(between.Happens);
        Assert.Equal(InboxFilter.All, list.Filter);
        Assert.Equal([open], list.Rows.Select(row => row.RoomId));
        await list.ShowAsync(InboxFilter.Archived);
        Assert.Equal([archived], list.Rows.Select(row => row.RoomId));
    }
}
