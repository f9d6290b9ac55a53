using Marketplace.Tests.Admin.Evidence;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Admin.Retention;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

/// <summary>What is too old goes from the beginning of rooms, and nothing beside it changes.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public RetentionTests()
    {
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
        app.Settings["Retention:Messages"] = "60";
        app.Settings["Retention:Pictures"] = "20.00:00:00";
        app.Settings["Retention:Audit"] = "365";
        app.Settings["Audit:KeyFile"] = Path.Combine(app.Folder.FullName, "key.pem");
    }

    private RetentionJob Job => app.Services.GetRequiredService<RetentionJob>();

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Hola, ¿sigue disponible?");
        await ana.SaysAsync(room, "Sí, llámame al 612345678");
        await bruno.SaysAsync(room, "Perfecto");
        await bruno.Get<MessageService>().EditAsync(room, 3, "Estupendo");
        await PassAsync(3 * Month);
        await bruno.SaysAsync(room, "¿Y ahora?");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Old_messages_go_with_their_words_and_earlier_texts_and_counts_stay_true()
    {
        Assert.Equal(3, (await ana.Inbox.RowAsync(room))!.Unread);
        Assert.Equal(3, (await RunAsync())!.Messages);
        Assert.Equal([4], await SeqsAsync(ana));
        Assert.Equal(1, (await ana.Inbox.RowAsync(room))!.Unread);
        Assert.Equal("¿Y ahora?", (await ana.Inbox.RowAsync(room))!.LastPreview);
        Assert.Empty(await ana.Get<Web.Chat.Search.SearchService>().FindAsync("612345678"));
        await using (var db = app.Look())
        {
            Assert.Equal(
                (4, 4),
                await db.Rooms.Select(one => new ValueTuple<long, long>(one.FirstSeq, one.LastSeq)).SingleAsync()
            );
            Assert.Empty(await db.MessageVersions.ToListAsync());
            Assert.Equal(
                ["ahora"],
                await db.Database.SqlQuery<string>($"SELECT Term AS Value FROM MessageTerms").ToListAsync()
            );
            Assert.Empty(await UnreadQueries.Drifted(db, 0, room).ToListAsync());
        }
        Assert.Null(await ana.Chat.MarkReadAsync(room, 4));
        Assert.Equal(0, (await ana.Inbox.RowAsync(room))!.Unread);
        await ana.SaysAsync(room, "Sí");
        Assert.Equal(1, (await bruno.Inbox.RowAsync(room))!.Unread);
    }

    [Fact]
    public async Task When_all_are_gone_the_list_says_so_and_the_two_go_on_with_the_next_number()
    {
        await PassAsync(3 * Month);
        using var open = ana.Inbox.Open(ana.RunAsync);
        await open.LoadAsync();
        Assert.Equal(4, (await RunAsync())!.Messages);
        var row = (await ana.Inbox.RowAsync(room))!;
        Assert.Equal((PreviewKind.Purged, "", 0), (row.LastKind, row.LastPreview, (int)row.Unread));
        await Eventually.TrueAsync(() => open.Rows[0].LastKind == PreviewKind.Purged, "the open list shows it");
        Assert.Empty(await SeqsAsync(bruno));
        Assert.Equal(5, (await bruno.SaysAsync(room, "Hola otra vez")).Seq);
        Assert.Equal([5], await SeqsAsync(ana));
    }

    [Fact]
    public async Task An_open_page_loses_them_and_goes_on()
    {
        using var page = ana.Chat.Open(room, ana.RunAsync);
        Assert.True(await page.LoadAsync());
        Assert.Equal(4, page.Window.Messages.Count);
        await RunAsync();
        await Eventually.TrueAsync(() => page.Window.Messages.Count == 1, "the page shows what is left");
        Assert.False(page.Window.HasOlder(page.Room!.FirstSeq));
        await page.LoadOlderAsync();
        await bruno.SaysAsync(room, "¿Hola?");
        await Eventually.TrueAsync(() => page.Window.Messages.Count == 2, "and what comes");
        await page.JumpAsync(1);
        Assert.Equal([4, 5], page.Window.Messages.Select(message => message.Seq));
    }

    [Fact]
    public async Task Nothing_goes_from_a_held_or_reported_room_until_that_is_over()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var holds = carla.Get<RoomHoldService>();
        Assert.Null((await holds.SetAsync(room, isHeld: true, "Juzgado 3")).Refusal);
        Assert.Equal(0, (await RunAsync())!.Messages);
        Assert.Null((await holds.SetAsync(room, isHeld: false, "Archivado")).Refusal);
        await ReportAsync(ReportState.Open);
        Assert.Equal(0, (await RunAsync())!.Messages);
        await ReportAsync(ReportState.Decided);
        Assert.Equal(3, (await RunAsync())!.Messages);
    }

    [Fact]
    public async Task Old_pictures_go_and_their_messages_say_that_there_were_some()
    {
        var picture = await ExportedRoom.UploadAsync(app, bruno);
        await bruno.Chat.SendAsync(room, Guid.NewGuid(), "mira", pictures: [picture]);
        await PassAsync(Month);
        using var page = ana.Chat.Open(room, ana.RunAsync);
        await page.LoadAsync();
        var run = (await RunAsync())!;
        Assert.Equal((3, 1), (run.Messages, run.Pictures));
        var view = (await ana.Chat.HistoryAsync(room, new())).Value!.Single(message => message.Body == "mira");
        Assert.True(view is { Pictures: null, PicturesGone: true });
        await Eventually.TrueAsync(() => page.Window.Messages[^1].PicturesGone == true, "the open page too");
        await using var db = app.Look();
        Assert.All(
            await db.Files.Where(file => file.Scope == room).ToListAsync(),
            file => Assert.Equal(FileState.Removed, file.State)
        );
    }

    [Fact]
    public async Task One_process_does_it_once_a_day_and_takes_over_from_one_that_was_killed()
    {
        Assert.NotNull(await Job.RunAsync());
        Assert.Null(await Job.RunAsync());
        await using var db = app.Look();
        await db.RetentionRuns.ExecuteUpdateAsync(run => run.SetProperty(r => r.EndedAt, (DateTime?)null));
        // Never given back, as by a process that is no more.
        Assert.NotNull(await app.Services.GetRequiredService<JobLeases>().TryHoldAsync("retention"));
        Assert.Null(await Job.RunAsync());
        clock.Set(JobLeases.Life);
        Assert.NotNull(await Job.RunAsync());
        Assert.Null(await Job.RunAsync());
    }

    [Fact]
    public async Task Administrators_see_how_far_it_is_and_nobody_else()
    {
        await RunAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        var last = (await carla.Get<RetentionService>().FindAsync())!.Last!;
        Assert.Equal([3L, 0, 0], last.Purged.Select(one => one.Count));
        Assert.Null(await bruno.Get<RetentionService>().FindAsync());
    }

    [Fact]
    public async Task Who_sends_meanwhile_does_not_wait()
    {
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(Many);
        await app.Services.GetRequiredService<Web.Data.Search.MessageIndexing>().CatchUpAsync();
        var running = RunAsync();
        var said = 0;
        for (; !running.IsCompleted; said++)
            await bruno.SaysAsync(room, "¿Sigue?");
        Assert.Equal(3_003, (await running)!.Messages);
        // Some hundred come between the steps; between a few large ones it would be a few.
        Assert.True(said > 60, $"{said}");
    }

    [Fact]
    public async Task The_page_on_privacy_says_how_long_what_is_kept()
    {
        using var visitor = app.CreateClient();
        var said = await visitor.GetStringAsync("/privacy");
        Assert.Contains("Pasados 60 días se borran para los dos", said);
        Assert.Contains("se borran pasados 20 días", said);
        Assert.Contains("lo que hace la administración, 365 días", said);
    }

    // As old as the first ones, in a room of their own.
    private string Many =>
        FormattableString.Invariant(
            $"""
            INSERT INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId, LastPreview, FromBuyer, FromSeller, Restrictions, LastKind)
            SELECT 900, ListingId, {ana.Id}, SellerId, CreatedAt, 1, 3000, 3000, 9000, '', 3000, 0, 0, 0 FROM Rooms WHERE Id = {room};
            WITH RECURSIVE n (Seq) AS (SELECT 1 UNION ALL SELECT Seq + 1 FROM n WHERE Seq < 3000)
            INSERT INTO Messages (RoomId, Seq, Rev, IsChanged, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller)
            SELECT 900, Seq, Seq, 0, {ana.Id}, randomblob(16), 0, 'Mensaje número ' || Seq || ' sobre la bicicleta', '2026-01-01', Seq, 0 FROM n;
            """
        );

    // A sign-in does not live for so long.
    private async Task PassAsync(TimeSpan time)
    {
        clock.Set(time);
        (ana, bruno) = (await app.EnterAsync(ana.Id), await app.EnterAsync(bruno.Id));
    }

    private async Task ReportAsync(ReportState state)
    {
        await using var db = app.Look();
        await db.Reports.ExecuteDeleteAsync();
        db.Reports.Add(
            new()
            {
                ReporterId = ana.Id,
                PersonId = bruno.Id,
                Kind = ReportKind.Room,
                RoomId = room,
                State = state,
                At = DateTime.UtcNow,
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<RetentionRun?> RunAsync()
    {
        clock.Set(TimeSpan.FromDays(1));
        return await Job.RunAsync();
    }

    private async Task<IEnumerable<long>> SeqsAsync(Person person) =>
        (await person.Chat.HistoryAsync(room, new())).Value!.Select(message => message.Seq).Order();
}
