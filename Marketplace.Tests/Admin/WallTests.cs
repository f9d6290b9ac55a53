using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Wall;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>Many rooms at once: what is shown of them is recorded first, and nothing after the role is lost.</summary>
public sealed class WallTests : IAsyncLifetime
{
    private static readonly Look Fraud = Look.For(LookReason.Fraud, "muchas quejas")!;

    private readonly MarketplaceApp app = new();
    private readonly SemaphoreSlim dispatcher = new(1);
    private Person bruno = default!;
    private Person carla = default!;
    private long bike;
    private long mesa;

    public async Task InitializeAsync()
    {
        (_, bruno, bike) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        mesa = await bruno.ContactsAsync(await (await app.JoinAsync("Marta")).SellsAsync("Mesa"));
        await bruno.SaysAsync(bike, "¿Sigue disponible?");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task What_is_written_shows_on_the_wall_and_each_room_is_recorded_once_before()
    {
        using var wall = Wall(carla);
        Assert.True(await wall.LoadAsync(WallOrder.Newest));
        Assert.Equal([bike], wall.Tiles.Select(tile => tile.Room.Id));
        for (var i = 1; i <= 4; i++)
            await bruno.SaysAsync(bike, $"Oferta {i}");
        await Eventually.TrueAsync(() => Said(wall, bike).Contains("Oferta 4"), "the wall shows the last offer");
        Assert.Equal(["Oferta 2", "Oferta 3", "Oferta 4"], Said(wall, bike));
        await bruno.SaysAsync(mesa, "Hola");
        await Eventually.TrueAsync(() => wall.Tiles.Count == 2, "the new room appears");
        Assert.Equal([mesa, bike], wall.Tiles.Select(tile => tile.Room.Id));
        var record = await carla.RecordAsync();
        Assert.Equal(
            [AuditAction.WallShown, AuditAction.WallShown, AuditAction.WallOpened],
            record.Select(e => e.Action)
        );
        Assert.Equal([mesa, bike, null], record.Select(entry => entry.Room?.Id));
        Assert.Equal((LookReason.Fraud, "muchas quejas"), (record[2].Reason!.Value, record[2].Text));
        Assert.Equal(["Fraud"], (await bruno.Chat.LooksAsync(mesa))!.Select(look => look.Reason));
    }

    [Fact]
    public async Task The_riskiest_rooms_come_first_where_that_is_asked_for()
    {
        await bruno.SaysAsync(mesa, "Hola");
        await using (var db = app.Look())
            await db
                .Rooms.Where(room => room.Id == bike)
                .ExecuteUpdateAsync(room => room.SetProperty(r => r.Risk, SafetySeverity.Danger));
        using var wall = Wall(carla);
        await wall.LoadAsync(WallOrder.Newest);
        Assert.Equal([mesa, bike], wall.Tiles.Select(tile => tile.Room.Id));
        await wall.SortAsync(WallOrder.Riskiest);
        Assert.Equal([bike, mesa], wall.Tiles.Select(tile => tile.Room.Id));
        Assert.Equal(3, (await carla.RecordAsync()).Count);
    }

    [Fact]
    public async Task A_wall_whose_record_cannot_be_written_shows_nothing()
    {
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Full BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'full'); END"
            );
        using var wall = Wall(carla);
        await Assert.ThrowsAnyAsync<Exception>(() => wall.LoadAsync(WallOrder.Newest));
        Assert.Empty(wall.Tiles);
    }

    [Fact]
    public async Task Whoever_loses_the_role_sees_an_empty_wall_at_once_and_others_never_see_one()
    {
        using var strangers = Wall(bruno);
        Assert.False(await strangers.LoadAsync(WallOrder.Newest));
        Assert.Empty(strangers.Tiles);
        using var wall = Wall(carla);
        await wall.LoadAsync(WallOrder.Newest);
        var olga = await app.JoinAsync("Olga", administrator: true);
        await olga.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "Prueba");
        await Eventually.TrueAsync(() => wall.IsOver, "the wall closes");
        Assert.Empty(wall.Tiles);
    }

    [Fact]
    public async Task Without_walls_nothing_listens_to_all_rooms()
    {
        var before = app.Services.GetRequiredService<Broadcaster>().TopicCount;
        using (var wall = Wall(carla))
            await wall.LoadAsync(WallOrder.Newest);
        Assert.Equal(before, app.Services.GetRequiredService<Broadcaster>().TopicCount);
    }

    private WallSession Wall(Person person) => person.Get<WallService>().Open(Fraud, RunAsync);

    private async Task RunAsync(Func<Task> work)
    {
        await dispatcher.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            dispatcher.Release();
        }
    }

    private static IEnumerable<string> Said(WallSession wall, long room) =>
        wall.Tiles.Single(tile => tile.Room.Id == room).Messages.Select(message => message.Preview);
}
