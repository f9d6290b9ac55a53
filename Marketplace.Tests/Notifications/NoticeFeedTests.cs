using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications;

/// <summary>What a browser hears of its person, on each page.</summary>
public sealed class NoticeFeedTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public NoticeFeedTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync() => (ana, bruno, room) = await app.TalkAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task The_numbers_follow_what_comes_and_what_is_read_anywhere()
    {
        await bruno.SaysAsync(room, "uno");
        await using var heard = Feed.Of(ana);
        await heard.HearsAsync("numbers", """{"unread":1,"news":0}""");
        await bruno.SaysAsync(room, "dos");
        await heard.HearsAsync("numbers", """{"unread":2,"news":0}""");
        await ana.Chat.MarkReadAsync(room, 2);
        await heard.HearsAsync("read", $$"""{"room":{{room}},"seq":2}""");
        await heard.HearsAsync("numbers", """{"unread":0,"news":0}""");
    }

    [Fact]
    public async Task A_message_of_somebody_else_shows_who_wrote_what_about_which_listing()
    {
        await using var heard = await Feed.BeginAsync(ana);
        await ana.SaysAsync(room, "Hola");
        await bruno.SaysAsync(room, "¿Sigue a la venta?\nMe interesa");
        var toast = await heard.ToastAsync();
        Assert.Equal(
            (room, 2L, "Bruno", "Bicicleta eléctrica", "¿Sigue a la venta? Me interesa", false),
            (toast.Room, toast.Seq, toast.From, toast.Listing, toast.Text, toast.Rings)
        );
        Assert.Single(heard.Of("toast"));
    }

    [Fact]
    public async Task A_muted_conversation_raises_no_number_and_shows_nothing_until_it_is_heard_again()
    {
        await bruno.SaysAsync(room, "uno");
        await ana.Get<MembershipService>().MuteAsync(room, TimeSpan.FromHours(1));
        await using var heard = Feed.Of(ana);
        await heard.HearsAsync("numbers", """{"unread":0,"news":0}""");
        await bruno.SaysAsync(room, "dos");
        await bruno.SaysAsync(await bruno.ContactsAsync(await ana.SellsAsync("Silla")), "¿Y la silla?");
        Assert.Equal("Silla", (await heard.ToastAsync()).Listing);
        clock.Advance(TimeSpan.FromMinutes(61));
        await bruno.SaysAsync(room, "tres");
        await heard.HearsAsync("numbers", """{"unread":4,"news":0}""");
        Assert.Equal("tres", (await heard.ToastAsync(2)).Text);
    }

    [Fact]
    public async Task Who_wants_to_see_no_messages_here_sees_the_number_alone()
    {
        await SetAsync(form => form.Messages.Here = false);
        await using var heard = await Feed.BeginAsync(ana);
        await bruno.SaysAsync(room, "uno");
        await heard.HearsAsync("numbers", """{"unread":1,"news":0}""");
        Assert.Empty(heard.Of("toast"));
        await SetAsync(form => form.Messages.Here = true);
        await heard.HearsAsync("changed", "");
        await bruno.SaysAsync(room, "dos");
        Assert.Equal("dos", (await heard.ToastAsync()).Text);
    }

    [Fact]
    public async Task It_rings_for_who_wants_it_and_not_in_quiet_hours()
    {
        await SetAsync(form => form.PlaysSound = true);
        await using var heard = await Feed.BeginAsync(ana);
        await bruno.SaysAsync(room, "uno");
        Assert.True((await heard.ToastAsync()).Rings);
        await SetAsync(form => (form.PlaysSound, form.Quiet) = (true, Always));
        await heard.HearsAsync("changed", "");
        await bruno.SaysAsync(room, "dos");
        Assert.False((await heard.ToastAsync(2)).Rings);
    }

    [Fact]
    public async Task What_is_more_than_a_message_has_a_number_of_its_own()
    {
        await using var heard = await Feed.BeginAsync(bruno);
        await ana.SettlesAsync(await ListingAsync(), ListingState.Reserved, bruno.Id);
        await heard.HearsAsync("numbers", """{"unread":1,"news":1}""");
        Assert.Equal("Ana te lo ha reservado", (await heard.ToastAsync()).Text);
        await bruno.Chat.MarkReadAsync(room, 1);
        await heard.HearsAsync("numbers", """{"unread":0,"news":0}""");
    }

    [Fact]
    public async Task What_was_deleted_or_muted_leaves_the_corner()
    {
        await using var heard = await Feed.BeginAsync(ana);
        var message = await bruno.SaysAsync(room, "me arrepiento");
        await heard.ToastAsync();
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, message.Seq)).Succeeded);
        await heard.HearsAsync("gone", $$"""{"room":{{room}},"seq":{{message.Seq}}}""");
        await ana.Get<MembershipService>().MuteAsync(room, TimeSpan.FromHours(1));
        await heard.HearsAsync("gone", $$"""{"room":{{room}},"seq":{{long.MaxValue}}}""");
    }

    [Fact]
    public async Task It_ends_with_the_session()
    {
        await using var heard = await Feed.BeginAsync(ana);
        await ana.Get<SessionService>().EndOwnAsync();
        await heard.HearsAsync("end", "");
        await heard.Ended.InTimeAsync("the stream ended");
    }

    [Fact]
    public async Task A_suspended_person_hears_nothing_more()
    {
        await using var heard = await Feed.BeginAsync(ana);
        var carla = await app.JoinAsync("Carla", administrator: true);
        Assert.Null(await carla.People.ActAsync(ana.Id, Web.Admin.Audit.AuditAction.PersonSuspended, "Prueba"));
        await heard.Ended.InTimeAsync("the stream ended");
        await bruno.SaysAsync(room, "uno");
        Assert.Empty(heard.Of("toast"));
    }

    [Fact]
    public async Task A_browser_gets_a_stream_of_events_and_a_visitor_none()
    {
        using var visitor = SiteClient.Visitor(app);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.GetAsync("/notifications/stream")).StatusCode);
        using var browser = await SiteClient.SignedInAsync(app, ana);
        using var answer = await browser.GetAsync("/notifications/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("event: beat", await reader.ReadLineAsync());
    }

    private async Task<long> ListingAsync() => (await ana.Inbox.RowAsync(room))!.ListingId;

    private static QuietForm Always =>
        new()
        {
            IsOn = true,
            From = "00:00",
            To = "00:00",
            Monday = true,
            Tuesday = true,
            Wednesday = true,
            Thursday = true,
            Friday = true,
            Saturday = true,
            Sunday = true,
        };

    private async Task SetAsync(Action<NotificationForm> change)
    {
        var form = (await ana.Get<NotificationService>().FindAsync())!.Settings;
        change(form);
        Assert.Null(await ana.Get<NotificationService>().SaveAsync(form));
    }
}
