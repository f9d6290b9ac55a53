using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Admin;

/// <summary>The administration writes into a room, and nobody sees who of it did.</summary>
public sealed class RoomWriteTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Hola");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Both_read_it_marked_without_a_name_and_are_told()
    {
        var waiting = await WaitingAsync();
        Assert.Null(
            await carla
                .Get<RoomWriteService>()
                .WriteAsync(room, Guid.NewGuid(), "Quedad en un sitio público", "Lo piden")
        );
        foreach (var reader in new[] { ana, bruno })
        {
            var message = (await reader.Chat.HistoryAsync(room, new MessageRange())).Value![^1];
            Assert.Equal(
                (MessageKind.Administration, 0L, "Marketplace", "Quedad en un sitio público"),
                (message.Kind, message.SenderId, message.SenderName, message.Body)
            );
            var found = Assert.Single(await reader.Get<SearchService>().FindAsync("público"));
            Assert.Equal((0L, "Marketplace"), (found.SenderId, found.SenderName));
            Assert.Equal(0, (await reader.Inbox.PageAsync()).Single().LastSenderId);
        }
        await using var db = app.Look();
        var told = await db.Notices.Where(one => one.Kind == NoticeKind.Administration).ToListAsync();
        Assert.Equal(new[] { ana.Id, bruno.Id }.Order(), told.Select(one => one.PersonId).Order());
        // Bruno still waits for Ana.
        Assert.Equal(waiting, await WaitingAsync());
        var entry = (await carla.RecordAsync())[0];
        Assert.Equal((AuditAction.RoomWritten, "Lo piden", room), (entry.Action, entry.Text, entry.Room!.Id));
    }

    [Fact]
    public async Task It_reaches_a_closed_room_once_and_a_quote_of_it_has_no_name()
    {
        await carla.Get<RoomActService>().LockAsync(room, isLocked: true, "Por seguridad");
        var id = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
            Assert.Null(await carla.Get<RoomWriteService>().WriteAsync(room, id, "Está cerrada", "Aviso"));
        await carla.Get<RoomActService>().LockAsync(room, isLocked: false, "Ya está");
        await ana.Chat.SendAsync(room, Guid.NewGuid(), "Vale", replyTo: 2);
        var history = (await bruno.Chat.HistoryAsync(room, new MessageRange())).Value!;
        Assert.Equal([1L, 2L, 3L], history.Select(message => message.Seq));
        Assert.Equal((0L, "Marketplace"), (history[2].Quote!.SenderId, history[2].Quote!.SenderName));
        Assert.Single(await carla.RecordAsync(), entry => entry.Action is AuditAction.RoomWritten);
    }

    [Fact]
    public async Task Nobody_else_writes_as_the_administration_and_nobody_into_their_own_room()
    {
        Assert.NotNull(await bruno.Get<RoomWriteService>().WriteAsync(room, Guid.NewGuid(), "Soy yo", "x"));
        Assert.NotNull(await carla.Get<RoomWriteService>().WriteAsync(room, Guid.NewGuid(), "Sin motivo", " "));
        var own = await carla.ContactsAsync(await ana.SellsAsync("Mesa"));
        Assert.NotNull(await carla.Get<RoomWriteService>().WriteAsync(own, Guid.NewGuid(), "Bájalo", "Quiero"));
        Assert.True((await carla.RecordAsync())[0].IsRefused);
        Assert.Single((await ana.Chat.HistoryAsync(room, new MessageRange())).Value!);
    }

    private async Task<DateTime?> WaitingAsync()
    {
        await using var db = app.Look();
        return await db.Rooms.Where(one => one.Id == room).Select(one => one.WaitingSince).SingleAsync();
    }
}
