using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class MessagePictureTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long listing;
    private long room;

    public MessagePictureTests()
    {
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
    }

    private IKeptFiles Kept => app.Services.GetRequiredService<IKeptFiles>();

    private FileStore Files => app.Services.GetRequiredService<FileStore>();

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        listing = await ana.SellsAsync();
        room = await bruno.ContactsAsync(listing);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task One_upload_is_part_of_one_message()
    {
        var picture = await UploadAsync(bruno);
        var (first, again) = (Guid.NewGuid(), Guid.NewGuid());
        var sent = await bruno.Chat.SendAsync(room, first, "mira", pictures: [picture]);
        Assert.Equal((1, 1), Size(Assert.Single(sent.Value!.Message.Pictures!)));
        Assert.True((await bruno.Chat.SendAsync(room, first, "mira", pictures: [picture])).Value!.Repeated);
        Assert.Equal(
            RefusalKind.Invalid,
            (await bruno.Chat.SendAsync(room, again, "mira otra vez", pictures: [picture])).Refusal!.Kind
        );
        // Two messages of one batch: only one may claim the picture.
        var other = await UploadAsync(bruno);
        var both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => bruno.Chat.SendAsync(room, Guid.NewGuid(), "", pictures: [other]))
        );
        Assert.Single(both, one => one.Succeeded);
        Assert.Equal(2, (await bruno.Chat.HistoryAsync(room, new())).Value!.Count);
    }

    [Fact]
    public async Task An_administrator_who_looks_at_a_picture_is_recorded_and_a_member_is_not()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var picture = await UploadAsync(bruno);
        await bruno.Chat.SendAsync(room, Guid.NewGuid(), "mira", pictures: [picture]);
        clock.Advance(TimeSpan.FromSeconds(1));
        var (his, hers) = (await SiteClient.SignedInAsync(app, bruno), await SiteClient.SignedInAsync(app, carla));
        var url = $"/messages/{room}/pictures/{picture.File}";
        Assert.Equal(HttpStatusCode.OK, (await his.GetAsync(url)).StatusCode);
        // Its sender's tray may still show it, but no browser keeps it.
        Assert.True((await his.GetAsync($"/files/{picture.File}")).Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"/files/{picture.File}")).StatusCode);
        Assert.Empty(await carla.RecordAsync());
        // Without a reason there is no look, and the attempt is recorded.
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync(url)).StatusCode);
        Assert.True(Assert.Single(await carla.RecordAsync()) is { Action: AuditAction.PictureOpened, IsRefused: true });
        // Hers in another session of hers is none either.
        using (var elsewhere = carla.LooksAt(room))
            await elsewhere.LoadAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync(url)).StatusCode);
        await carla.GoOnInLastSessionAsync();
        using var look = carla.LooksAt(room);
        await look.LoadAsync();
        // The pictures of an opened room, and a picture's two sizes, are one look.
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync(url)).StatusCode);
        Assert.Equal(AuditAction.RoomOpened, (await carla.RecordAsync())[0].Action);
        clock.Advance(TimeSpan.FromMinutes(2));
        await hers.GetAsync(url);
        Assert.True((await carla.RecordAsync())[0] is { Action: AuditAction.PictureOpened, IsRefused: false });
        var count = (await carla.RecordAsync()).Count;
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await hers.GetAsync($"/messages/{room}/pictures/{Guid.NewGuid()}")).StatusCode
        );
        Assert.Equal(count, (await carla.RecordAsync()).Count);
    }

    [Fact]
    public async Task A_message_that_is_refused_leaves_its_pictures_to_be_sent_again_or_swept()
    {
        var picture = await UploadAsync(bruno);
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Refuse BEFORE INSERT ON Messages WHEN new.Body = 'imposible' "
                    + "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            );
        var refused = await bruno.Chat.SendAsync(room, Guid.NewGuid(), "imposible", pictures: [picture]);
        Assert.Equal(RefusalKind.Busy, refused.Refusal!.Kind);
        Assert.Equal(FileState.Pending, await StateAsync(picture.File));
        var stranger = await app.JoinAsync("Dora");
        Assert.Equal(
            RefusalKind.NotFound,
            (await stranger.Chat.SendAsync(room, Guid.NewGuid(), "", pictures: [picture])).Refusal!.Kind
        );
        Assert.True((await bruno.Chat.SendAsync(room, Guid.NewGuid(), "posible", pictures: [picture])).Succeeded);
        clock.Set(FileStore.PendingLife * 2);
        Assert.Equal(0, await Files.SweepAsync(Kept, default));
    }

    [Fact]
    public async Task Deleting_a_message_takes_its_pictures_with_it()
    {
        var picture = await UploadAsync(bruno);
        var sent = await bruno.Chat.SendAsync(room, Guid.NewGuid(), "", pictures: [picture]);
        await bruno.Get<MessageService>().DeleteAsync(room, sent.Value!.Message.Seq);
        Assert.Null(await Files.FindPrivateAsync(picture.File, room));
        using var his = await SiteClient.SignedInAsync(app, bruno);
        foreach (var name in new[] { picture.File, picture.Thumbnail })
        foreach (var url in new[] { $"/files/{name}", $"/messages/{room}/pictures/{name}" })
            Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync(url)).StatusCode);
        Assert.Equal(
            RefusalKind.Invalid,
            (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "otra vez", pictures: [picture])).Refusal!.Kind
        );
        clock.Set(FileStore.PendingLife * 2);
        Assert.Equal(2, await Files.SweepAsync(Kept, default));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Pictures_of_a_hidden_message_are_for_nobody_come_back_with_it_and_go_if_its_author_deletes_it()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var picture = await UploadAsync(bruno);
        var sent = await bruno.Chat.SendAsync(room, Guid.NewGuid(), "", pictures: [picture]);
        var target = new ReportTarget(ReportKind.Message, room, sent.Value!.Message.Seq);
        var hiding = Verdict.OnOwnInitiative(ReportOutcome.MessageHidden, HouseRule.Respect, "No")!;
        var hidden = await carla.Get<CaseService>().ActAsync(target, hiding);
        Assert.Null(await Files.FindPrivateAsync(picture.File, room));
        Assert.Null(await Files.FindAsync(picture.File, bruno.Id));
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(hidden.Value));
        Assert.NotNull(await Files.FindPrivateAsync(picture.File, room));
        await carla.Get<CaseService>().ActAsync(target, hiding);
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, target.Seq!.Value)).Succeeded);
        Assert.Equal(FileState.Removed, await StateAsync(picture.File));
    }

    [Fact]
    public async Task What_a_killed_upload_left_in_the_folder_goes_when_it_is_old()
    {
        var picture = await UploadAsync(bruno);
        var stray = Path.Combine(Folder, $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(stray, "?");
        await File.WriteAllTextAsync(Path.Combine(Folder, "LEEME.txt"), "?");
        foreach (var file in Directory.GetFiles(Folder))
            File.SetLastWriteTimeUtc(file, clock.GetUtcNow().UtcDateTime);
        Assert.Equal(0, await Files.RemoveStraysAsync(default));
        clock.Set(FileStore.PendingLife * 2);
        Assert.Equal(1, await Files.RemoveStraysAsync(default));
        Assert.False(File.Exists(stray));
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
        Assert.NotNull(await Files.FindAsync(picture.File, bruno.Id));
    }

    [Fact]
    public async Task A_photograph_taken_off_a_listing_stays_for_whoever_has_asked_and_for_nobody_else()
    {
        var photos = new[] { await UploadAsync(ana), await UploadAsync(ana), await UploadAsync(ana) };
        await ShowAsync(photos);
        await ShowAsync(photos[1..]);
        Assert.Equal(FileState.Pending, await StateAsync(photos[0].File));
        Assert.Equal(FileState.Pending, await StateAsync(photos[0].Thumbnail));
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await ShowAsync(photos[2..]);
        Assert.Contains(photos[1].File, (await bruno.Chat.SeenListingAsync(room))!.Photos);
        Assert.Equal(FileState.Attached, await StateAsync(photos[1].File));

        async Task ShowAsync(PhotoView[] shown)
        {
            var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
            form.Photos = [.. shown.Select(photo => $"{photo.File}/{photo.Thumbnail}")];
            Assert.True((await ana.Listings.EditAsync(listing, form)).Succeeded);
        }
    }

    private string Folder => app.Services.GetRequiredService<FileSettings>().Folder;

    private static (int, int) Size(PictureView picture) => (picture.Width, picture.Height);

    private async Task<PhotoView> UploadAsync(Person owner)
    {
        using var content = new MemoryStream(Pictures.Png);
        var saved = await app.Services.GetRequiredService<PictureUploads>().SaveAsync(owner.Id, content, default);
        return new(saved.Value!.File, saved.Value.Thumbnail);
    }

    private async Task<FileState> StateAsync(Guid name)
    {
        await using var db = app.Look();
        return (await db.Files.SingleAsync(file => file.Name == name)).State;
    }
}
