using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class ReceiptTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public ReceiptTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "¿Sigue disponible?");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_message_is_sent_then_delivered_then_read()
    {
        using var his = await OpenAsync(bruno);
        Assert.Equal(Receipt.Sent, State(his));
        using (Presence.Enter(ana.Id))
            await Eventually.TrueAsync(() => State(his) == Receipt.Delivered, "a session of Ana's is open");
        Assert.Equal(Receipt.Delivered, State(his));
        await ana.Chat.MarkReadAsync(room, 1);
        await Eventually.TrueAsync(() => State(his) == Receipt.Read, "Bruno sees that it was read");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Whoever_keeps_receipts_private_neither_gives_nor_gets_them(bool isReader)
    {
        await HideAsync(isReader ? ana : bruno, user => user.HidesReceipts = true);
        using var his = await OpenAsync(bruno);
        var heard = new List<object>();
        using var listening = await bruno.Inbox.ListenAsync(told =>
        {
            heard.Add(told);
            return Task.CompletedTask;
        });
        await ana.Chat.MarkReadAsync(room, 1);
        await ana.SaysAsync(room, "Sí");
        await Eventually.TrueAsync(() => his.Window.LastSeq == 2, "what came after the mark is there");
        Assert.Equal(Receipt.Sent, State(his));
        if (isReader)
            Assert.DoesNotContain(heard, told => told is RoomRead);
        Assert.Equal(0, (await ana.Inbox.RowAsync(room))!.Unread);
    }

    [Fact]
    public async Task Writing_shows_and_goes_by_itself()
    {
        using var his = await OpenAsync(bruno);
        await ana.Chat.TypingAsync(room);
        await Eventually.TrueAsync(() => his.Peer.IsTyping, "Ana is writing");
        clock.Advance(TimeSpan.FromSeconds(6));
        await Eventually.TrueAsync(() => !his.Peer.IsTyping, "she stopped");
        await ana.Chat.TypingAsync(room);
        await Eventually.TrueAsync(() => his.Peer.IsTyping, "she goes on");
        await ana.SaysAsync(room, "Sí");
        await Eventually.TrueAsync(() => !his.Peer.IsTyping, "her message ends it");
    }

    [Fact]
    public async Task Presence_follows_sessions_and_is_written_after_they_end()
    {
        using var his = await OpenAsync(bruno);
        var session = Presence.Enter(ana.Id);
        await Eventually.TrueAsync(() => his.Peer.IsOnline, "Ana is here");
        session.Dispose();
        Assert.True(his.Peer.IsOnline, "the next page may be loading");
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                return !his.Peer.IsOnline;
            },
            "Ana has left"
        );
        Assert.NotNull(his.Peer.SeenAt);
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                await using var db = app.Look();
                return await db.LastSeen.AnyAsync(seen => seen.UserId == ana.Id);
            },
            "it is written"
        );
    }

    [Fact]
    public async Task What_was_delivered_stays_delivered_when_the_other_has_left()
    {
        using var his = await OpenAsync(bruno);
        using (Presence.Enter(ana.Id))
            await Eventually.TrueAsync(() => State(his) == Receipt.Delivered, "a session of Ana's is open");
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                await using var db = app.Look();
                return !his.Peer.IsOnline && await db.LastSeen.AnyAsync(seen => seen.UserId == ana.Id);
            },
            "that she left is written"
        );
        await Eventually.TrueAsync(() => Presence.SeenAt(ana.Id, null) is null, "and no longer kept in memory");
        Assert.Equal(Receipt.Delivered, State(his));
    }

    [Fact]
    public async Task Whoever_keeps_presence_private_is_not_seen()
    {
        await HideAsync(ana, user => user.HidesPresence = true);
        using var session = Presence.Enter(ana.Id);
        using var his = await OpenAsync(bruno);
        Assert.False(his.Peer.IsOnline);
        Assert.Null(his.Peer.SeenAt);
        using var list = bruno.Inbox.Open(bruno.RunAsync);
        await list.LoadAsync();
        Assert.Empty(list.Online);
    }

    [Fact]
    public async Task What_was_read_in_private_is_not_told_later()
    {
        await HideAsync(ana, user => user.HidesReceipts = true);
        await ana.Chat.MarkReadAsync(room, 1);
        await HideAsync(ana, user => user.HidesReceipts = false);
        using var his = await OpenAsync(bruno);
        Assert.Equal(Receipt.Sent, State(his));
        await bruno.SaysAsync(room, "¿Hola?");
        await ana.Chat.MarkReadAsync(room, 2);
        await Eventually.TrueAsync(() => State(his) == Receipt.Read, "from now on it is told");
    }

    [Fact]
    public async Task A_change_of_mind_shows_on_the_pages_that_are_open()
    {
        using var session = Presence.Enter(ana.Id);
        await ana.Chat.MarkReadAsync(room, 1);
        using var his = await OpenAsync(bruno);
        using var list = bruno.Inbox.Open(bruno.RunAsync);
        await list.LoadAsync();
        Assert.Equal((Receipt.Read, true), (State(his), his.Peer.IsOnline));
        await HideAsync(ana, user => (user.HidesReceipts, user.HidesPresence) = (true, true));
        await Eventually.TrueAsync(() => State(his) == Receipt.Sent && !his.Peer.IsOnline, "the room shows neither");
        await Eventually.TrueAsync(() => list.Online.Count == 0, "nor does the list");
        await ana.Chat.TypingAsync(room);
        await ana.SaysAsync(room, "Sí");
        await Eventually.TrueAsync(() => his.Window.LastSeq == 2, "what came after the sign of writing is there");
        Assert.False(his.Peer.IsTyping);
    }

    [Fact]
    public async Task Everything_can_be_kept_private_at_once()
    {
        using var browser = await SiteClient.SignedInAsync(app, ana);
        // Browsers do not send unticked boxes.
        var saved = await browser.SubmitAsync("/account/manage/privacy", new() { ["_handler"] = "privacy" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await using var db = app.Look();
        Assert.True(await db.Users.AnyAsync(user => user.Id == ana.Id && user.HidesReceipts && user.HidesPresence));
    }

    private Presence Presence => app.Services.GetRequiredService<Presence>();

    private static Receipt State(RoomSession screen) => screen.Receipt(screen.Window.Messages[0]);

    private async Task<RoomSession> OpenAsync(Person person)
    {
        var screen = person.Chat.Open(room, person.RunAsync);
        Assert.True(await screen.LoadAsync());
        return screen;
    }

    private async Task HideAsync(Person person, Action<User> hide)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{person.Id}"))!;
        hide(user);
        Assert.True((await accounts.UpdateAsync(user)).Succeeded);
    }
}
