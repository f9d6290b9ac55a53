using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Notifications;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>Who is away is told on each device, once, of what is still worth telling.</summary>
public sealed class PushTests(PushSite site) : IClassFixture<PushSite>, IAsyncLifetime
{
    private readonly PushHost host = new(site.Clock);
    private PushBrowser phone = default!;
    private Person ana = default!;
    private Person bruno = default!;
    private long device;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await site.App.TalkAsync();
        phone = host.Subscribe();
        device = await PushSite.AddAsync(ana, phone);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_message_names_sender_and_listing_and_not_the_text()
    {
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await site.AfterAsync(PushSite.Soon);
        var got = Assert.Single(host.Received);
        Assert.Equal(
            ("Bruno", "Bicicleta eléctrica · 1 mensaje nuevo", $"room-{room}"),
            (got.Title, got.Body, got.Tag)
        );
        Assert.Equal($"https://tienda.example/messages/{room}", got.Notification.GetProperty("navigate").GetString());
        Assert.Equal(("high", 86_400, 1), (got.Urgency, got.Ttl, got.Badge));
        Assert.Matches("^[a-z0-9]{1,32}$", got.Topic!);
        Assert.DoesNotContain("venta", got.Json);
        Assert.Equal(NoticeOutcome.Sent, await site.OutcomeAsync(ana));
    }

    [Fact]
    public async Task All_that_is_unread_of_a_room_is_one_notification()
    {
        await bruno.SaysAsync(room, "uno");
        await site.AfterAsync(PushSite.Soon);
        await bruno.SaysAsync(room, "dos");
        await bruno.SaysAsync(room, "tres");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal(["1 mensaje nuevo", "3 mensajes nuevos"], host.Received.Select(one => one.Body.Split(" · ")[1]));
        Assert.Single(host.Received.Select(one => (one.Tag, one.Topic)).Distinct());
        Assert.True(host.Received.First().Id < host.Received.Last().Id);
    }

    [Fact]
    public async Task Whoever_asks_for_them_sees_the_first_words_but_none_of_a_deleted_message()
    {
        await site.PreferAsync(ana, preference => preference.ShowsWords = true);
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await site.AfterAsync(PushSite.Soon);
        Assert.EndsWith("\n¿Sigue a la venta?", host.Received.Single().Body);
        await bruno.SaysAsync(room, "Una cosa más");
        var said = await bruno.SaysAsync(room, "Me he equivocado");
        await bruno.Get<Web.Chat.MessageService>().DeleteAsync(room, said.Seq);
        await site.AfterAsync(PushSite.Soon);
        Assert.DoesNotContain("equivocado", host.Received.Last().Json);
    }

    [Fact]
    public async Task A_long_text_in_any_script_stays_within_what_push_services_take()
    {
        await site.PreferAsync(ana, preference => preference.ShowsWords = true);
        await bruno.SaysAsync(room, string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 300)));
        await site.AfterAsync(PushSite.Soon);
        Assert.InRange(host.Received.Single().Json.Length, 1, 3_000);
        Assert.DoesNotContain("\uFFFD", host.Received.Single().Json);
    }

    [Fact]
    public async Task Each_of_three_devices_is_told_once_and_one_that_comes_later_hears_nothing_old()
    {
        var (tablet, desk) = (host.Subscribe(), host.Subscribe());
        await PushSite.AddAsync(await site.App.EnterAsync(ana.Id), tablet);
        await PushSite.AddAsync(await site.App.EnterAsync(ana.Id), desk);
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal(3, host.Received.Select(one => one.To).Distinct().Count());
        var late = host.Subscribe();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await PushSite.AddAsync(await site.App.EnterAsync(ana.Id), late);
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await bruno.SaysAsync(other, "¿Y la mesa?");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal(7, host.Received.Count);
        Assert.Equal($"room-{other}", Assert.Single(host.At(late)).Tag);
    }

    [Fact]
    public async Task What_was_read_meanwhile_is_not_sent()
    {
        var said = await bruno.SaysAsync(room, "hola");
        await ana.Chat.MarkReadAsync(room, said.Seq);
        await NothingAsync(NoticeOutcome.Read);
    }

    [Fact]
    public async Task A_muted_conversation_is_quiet()
    {
        await ana.Get<MembershipService>().MuteAsync(room, TimeSpan.FromDays(1));
        await bruno.SaysAsync(room, "hola");
        await NothingAsync(NoticeOutcome.Muted);
    }

    [Fact]
    public async Task Who_wants_none_gets_none()
    {
        await site.PreferAsync(ana, preference => preference.OffPush = NoticeSubjects.All);
        await bruno.SaysAsync(room, "hola");
        await NothingAsync(NoticeOutcome.Preference);
    }

    [Fact]
    public async Task What_a_page_has_shown_is_not_sent()
    {
        await bruno.SaysAsync(room, "hola");
        await using (var db = site.App.Look())
            await db
                .Notices.Where(one => one.PersonId == ana.Id)
                .ExecuteUpdateAsync(one => one.SetProperty(n => n.ShownAt, site.Now));
        await NothingAsync(NoticeOutcome.SeenHere);
    }

    [Fact]
    public async Task Nothing_reaches_a_device_whose_session_has_ended()
    {
        await bruno.SaysAsync(room, "hola");
        await ana.Get<SessionService>().EndOwnAsync();
        await NothingAsync(NoticeOutcome.NoDevice);
    }

    [Fact]
    public async Task Nothing_reaches_a_device_after_the_password_has_changed_elsewhere()
    {
        await bruno.SaysAsync(room, "hola");
        await using (var db = site.App.Look())
            await db
                .Users.Where(user => user.Id == ana.Id)
                .ExecuteUpdateAsync(user => user.SetProperty(u => u.SecurityStamp, "another"));
        await NothingAsync(NoticeOutcome.NoDevice);
    }

    [Fact]
    public async Task In_quiet_hours_it_waits_and_comes_as_one_in_the_morning()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(site.Now, zone));
        await site.PreferAsync(
            ana,
            preference =>
            {
                preference.QuietDays = WeekDays.All;
                (preference.QuietFrom, preference.QuietTo) = (local.AddHours(-1), local.AddHours(8));
            }
        );
        await bruno.SaysAsync(room, "uno");
        await site.AfterAsync(PushSite.Soon);
        await bruno.SaysAsync(room, "dos");
        await site.AfterAsync(TimeSpan.FromHours(7));
        Assert.Empty(host.Received);
        Assert.Equal(NoticeOutcome.Waiting, await site.OutcomeAsync(ana));
        await site.AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal("Bicicleta eléctrica · 2 mensajes nuevos", Assert.Single(host.Received).Body);
    }

    [Fact]
    public async Task What_was_read_on_another_device_is_closed_with_the_next_message()
    {
        var said = await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        await ana.Chat.MarkReadAsync(room, said.Seq);
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await bruno.SaysAsync(other, "¿Y la mesa?");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal([$"room-{room}"], host.Received.Last().Read);
        Assert.DoesNotContain($"room-{room}", (await FindAsync())!.Told);
    }

    [Fact]
    public async Task What_happened_to_the_article_is_said_in_a_sentence()
    {
        var browser = host.Subscribe();
        await PushSite.AddAsync(bruno, browser);
        await using var db = site.App.Look();
        var listing = (await db.Rooms.SingleAsync(one => one.Id == room)).ListingId;
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        await site.AfterAsync(PushSite.Soon);
        var got = Assert.Single(host.At(browser));
        Assert.Equal(("Ana", "Bicicleta eléctrica · Ana te lo ha reservado"), (got.Title, got.Body));
        Assert.Equal("normal", got.Urgency);
    }

    [Fact]
    public async Task It_speaks_the_language_that_was_chosen_for_it()
    {
        await site.PreferAsync(ana, preference => preference.Culture = "en");
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal("Bicicleta eléctrica · 1 new message", host.Received.Single().Body);
        Assert.Equal("en", host.Received.Single().Notification.GetProperty("lang").GetString());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_device_that_is_gone_is_forgotten(int status)
    {
        host.Answers = status;
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        Assert.Null(await FindAsync());
        Assert.Equal(NoticeOutcome.NoDevice, await site.OutcomeAsync(ana));
    }

    [Fact]
    public async Task A_device_that_is_refused_is_forgotten_only_if_its_service_takes_others()
    {
        host.Answers = 403;
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        Assert.NotNull(await FindAsync());
        Assert.Equal(NoticeOutcome.Waiting, await site.OutcomeAsync(ana));
        var other = host.Subscribe();
        await PushSite.AddAsync(bruno, other);
        host.Rule = (_, got) => Task.FromResult<int?>(got.To == phone ? 403 : null);
        await ana.SaysAsync(room, "sí");
        await site.AfterAsync(PushSite.Soon);
        Assert.NotNull(await FindAsync());
        await site.AfterAsync(TimeSpan.FromHours(1) - PushSite.Soon);
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_service_is_asked_again_when_it_says(int status)
    {
        host.Rule = (http, _) =>
        {
            http.Response.Headers.RetryAfter = "600";
            return Task.FromResult<int?>(status);
        };
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        host.Rule = null;
        await site.AfterAsync(TimeSpan.FromSeconds(599));
        Assert.Empty(host.Received);
        await site.AfterAsync(TimeSpan.FromSeconds(2));
        Assert.Single(host.Received);
    }

    [Fact]
    public async Task A_service_that_asks_for_no_wait_is_not_asked_all_the_time()
    {
        var asked = 0;
        host.Rule = (http, _) =>
        {
            asked++;
            http.Response.Headers.RetryAfter = "0";
            return Task.FromResult<int?>(503);
        };
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        await site.AfterAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(1, asked);
        await site.AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_service_that_names_a_date_is_asked_again_then_and_within_a_day()
    {
        host.Rule = (http, _) =>
        {
            http.Response.Headers.RetryAfter = site.Clock.GetUtcNow().AddDays(400).ToString("R");
            return Task.FromResult<int?>(503);
        };
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        await using var db = site.App.Look();
        var entry = await db.Outbox.SingleAsync(one => one.Kind == OutboxEntry.Push && one.Key == $"{device}");
        Assert.InRange(entry.DueAt - site.Now, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task After_a_day_of_outage_it_is_given_up()
    {
        host.Answers = 500;
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        for (var hour = 0; hour < 25; hour++)
            await site.AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(NoticeOutcome.GivenUp, await site.OutcomeAsync(ana));
        await using var db = site.App.Look();
        Assert.False(await db.Outbox.AnyAsync(one => one.Kind == OutboxEntry.Push && one.Key == $"{device}"));
    }

    [Fact]
    public async Task A_message_that_is_refused_is_given_up_and_the_next_one_is_sent()
    {
        host.Answers = 400;
        await bruno.SaysAsync(room, "uno");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal(NoticeOutcome.GivenUp, await site.OutcomeAsync(ana));
        host.Rule = null;
        await bruno.SaysAsync(room, "dos");
        await site.AfterAsync(PushSite.Soon);
        Assert.Single(host.Received);
        Assert.Equal(NoticeOutcome.Sent, await site.OutcomeAsync(ana));
    }

    [Fact]
    public async Task A_message_that_is_too_large_goes_without_the_words()
    {
        await site.PreferAsync(ana, preference => preference.ShowsWords = true);
        host.Rule = (_, got) => Task.FromResult<int?>(got.Body.Contains("palabras") ? 413 : null);
        await bruno.SaysAsync(room, "muchas palabras");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal("Bicicleta eléctrica · 1 mensaje nuevo", host.Received.Single().Body);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_service_that_is_away_is_waited_for()
    {
        var elsewhere = host.Subscribe();
        host.Rule = (http, got) =>
        {
            http.Response.Headers.Location = elsewhere.Endpoint.AbsoluteUri;
            return Task.FromResult<int?>(got.To == phone ? 307 : null);
        };
        await bruno.SaysAsync(room, "uno");
        await site.AfterAsync(PushSite.Soon);
        Assert.Empty(host.Received);
        await host.DisposeAsync();
        await bruno.SaysAsync(room, "dos");
        await site.AfterAsync(PushSite.Soon);
        Assert.NotNull(await FindAsync());
        Assert.Equal(NoticeOutcome.Waiting, await site.OutcomeAsync(ana));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_holds_nothing_up()
    {
        site.Clock.Set(TimeSpan.FromHours(-3));
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        Assert.Single(host.Received);
    }

    [Fact]
    public async Task Killed_a_hundred_times_between_sending_and_writing_it_repeats_the_same_and_loses_nothing()
    {
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await bruno.SaysAsync(room, "hola");
        await bruno.SaysAsync(other, "hola");
        var worker = site.App.Services.GetServices<IOutboxWorker>().OfType<PushWorker>().Single();
        await using var db = site.App.Look();
        var entry = await db
            .Outbox.AsNoTracking()
            .SingleAsync(one => one.Kind == OutboxEntry.Push && one.Key == $"{device}");
        var killed = 0;
        CancellationTokenSource life = new();
        host.Rule = async (_, got) =>
        {
            host.Received.Enqueue(got);
            if (killed++ < 100)
                await life.CancelAsync();
            return 201;
        };
        for (; killed < 100; life = new())
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.TellAsync(entry, life.Token));
        Assert.Null(await worker.TellAsync(entry, CancellationToken.None));
        Assert.Equal(102, host.Received.Count);
        Assert.Equal(2, host.Received.Select(one => (one.Tag, one.Topic, one.Id)).Distinct().Count());
        Assert.Null(await worker.TellAsync(entry, CancellationToken.None));
        Assert.Equal(102, host.Received.Count);
    }

    private async Task NothingAsync(NoticeOutcome why)
    {
        await site.AfterAsync(PushSite.Soon);
        Assert.Empty(host.Received);
        Assert.Equal(why, await site.OutcomeAsync(ana));
    }

    private async Task<PushDevice?> FindAsync()
    {
        await using var db = site.App.Look();
        return await db.PushDevices.AsNoTracking().SingleOrDefaultAsync(one => one.Id == device);
    }
}
