using Marketplace.Tests.Accounts;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin.Evidence;

/// <summary>Of a held room nothing is lost, and the two who talk there see no difference.</summary>
public sealed class RoomHoldTests : LeavingTests
{
    [Fact]
    public async Task It_needs_words_and_an_administrator_and_is_recorded_once()
    {
        var carla = await Site.App.JoinAsync("Carla", administrator: true);
        var holds = carla.Get<RoomHoldService>();
        Assert.Equal(RefusalKind.Invalid, (await holds.SetAsync(Room, isHeld: true, " ")).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await holds.SetAsync(999_999, isHeld: true, "Juzgado 3")).Refusal!.Kind);
        Assert.Equal(
            RefusalKind.NotFound,
            (await Ana.Get<RoomHoldService>().SetAsync(Room, isHeld: true, "Juzgado 3")).Refusal!.Kind
        );
        Assert.Null((await holds.SetAsync(Room, isHeld: true, "Juzgado 3")).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await holds.SetAsync(Room, isHeld: true, "Juzgado 3")).Refusal!.Kind);
        var hold = (await holds.FindAsync(Room))!;
        Assert.Equal(("Carla", "Juzgado 3"), (hold.Administrator, hold.Reason));
        Assert.Null(await Bruno.Get<RoomHoldService>().FindAsync(Room));
        await using (var db = await DatabaseAsync())
            Assert.False(await RoomQueries.Purgeable(db).AnyAsync(room => room.Id == Room));
        Assert.Null((await holds.SetAsync(Room, isHeld: false, "Archivado")).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await holds.SetAsync(Room, isHeld: false, "Archivado")).Refusal!.Kind);
        Assert.Equal(
            [AuditAction.RoomHoldLifted, AuditAction.RoomHeld],
            (await carla.RecordAsync()).Select(entry => entry.Action)
        );
        var hers = await carla.ContactsAsync(Bike);
        Assert.Equal(RefusalKind.Forbidden, (await holds.SetAsync(hers, isHeld: true, "Es mía")).Refusal!.Kind);
        Assert.True((await carla.RecordAsync())[0].IsRefused);
    }

    [Fact]
    public async Task A_deleted_picture_is_out_of_sight_and_stays_until_the_hold_is_lifted()
    {
        var carla = await HoldAsync();
        var picture = await ExportedRoom.UploadAsync(Site.App, Bruno);
        var sent = await Bruno.Chat.SendAsync(Room, Guid.NewGuid(), "mira", pictures: [picture]);
        await Bruno.Get<MessageService>().DeleteAsync(Room, sent.Value!.Message.Seq);
        Site.Clock.Advance(FileStore.PendingLife * 2);
        await SweepAsync();
        await using var db = await DatabaseAsync();
        Assert.Equal(2, await db.Files.CountAsync());
        Assert.Null(await Files.FindPrivateAsync(picture.File, Room));
        var archive = await ExportedRoom.ExportAsync(carla, Room);
        Assert.Contains(
            $"{picture.File:N}\",\"name\":\"pictures/removed-",
            ExportedRoom.Text(archive, "transcript.json")
        );
        Assert.Null((await carla.Get<RoomHoldService>().SetAsync(Room, isHeld: false, "Archivado")).Refusal);
        await SweepAsync();
        Assert.False(await db.Files.AnyAsync());
    }

    [Fact]
    public async Task A_closed_account_is_erased_from_sight_and_the_rest_goes_when_the_hold_is_lifted()
    {
        var carla = await HoldAsync();
        await CloseAsync(await SignInAsync(Ana));
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
        Assert.Equal("", (await Bruno.Chat.HistoryAsync(Room, new())).Value![1].Body);
        var text = ExportedRoom.Text(await ExportedRoom.ExportAsync(carla, Room), "transcript.json");
        Assert.Contains("llámame al 600 123 456", text);
        Assert.Contains("Casi nueva.", text);
        Assert.Equal(0, await Closed.EraseAsync(default));
        Assert.Null((await carla.Get<RoomHoldService>().SetAsync(Room, isHeld: false, "Archivado")).Refusal);
        await EraseAsync();
        text = ExportedRoom.Text(await ExportedRoom.ExportAsync(carla, Room), "transcript.json");
        Assert.DoesNotContain("llámame", text);
        Assert.DoesNotContain("Casi nueva.", text);
    }

    private FileStore Files => Site.App.Services.GetRequiredService<FileStore>();

    private Task<int> SweepAsync() => Files.SweepAsync(Site.App.Services.GetRequiredService<IKeptFiles>(), default);

    private async Task<Person> HoldAsync()
    {
        var carla = await Site.App.JoinAsync("Carla", administrator: true);
        Assert.Null((await carla.Get<RoomHoldService>().SetAsync(Room, isHeld: true, "Juzgado 3")).Refusal);
        return carla;
    }
}
