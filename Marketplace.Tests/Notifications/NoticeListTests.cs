using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Listings;
using Marketplace.Web.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications;

/// <summary>The list of what happened to a person, on the page and in the API.</summary>
public sealed class NoticeListTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public NoticeListTests()
    {
        // Browsers and clients drop cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public async Task InitializeAsync() => (ana, bruno, room) = await app.TalkAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Messages_that_follow_each_other_are_one_line_that_leads_to_the_last()
    {
        await bruno.SaysAsync(room, "uno");
        await bruno.SaysAsync(room, "dos");
        using var browser = await SiteClient.SignedInAsync(app, ana);
        var page = await TextAsync(await browser.GetAsync("/notifications"));
        Assert.Contains("Bruno te ha escrito (2)", page);
        Assert.Contains($"href=\"/messages/{room}?at=2\"", page);
        Assert.DoesNotContain("Antes", page);
        await ana.Chat.MarkReadAsync(room, 2);
        page = await TextAsync(await browser.GetAsync("/notifications"));
        Assert.Contains("Antes", page);
        Assert.DoesNotContain("Marcar todo como leído", page);
    }

    [Fact]
    public async Task One_press_reads_everything_up_to_what_the_page_showed()
    {
        await bruno.SaysAsync(room, "uno");
        var (dora, chair) = (await app.JoinAsync("Dora"), await ana.SellsAsync("Silla"));
        var other = await dora.ContactsAsync(chair);
        await dora.SaysAsync(other, "Hola");
        var shown = (await ana.Get<NoticeService>().PageAsync()).Items;
        await bruno.SaysAsync(room, "dos");
        using var browser = await SiteClient.SignedInAsync(app, ana);
        await ana.Get<NoticeService>().MarkReadAsync(shown[0].Id);
        Assert.Equal([false, true, true], (await ana.Get<NoticeService>().PageAsync()).Items.Select(n => n.IsRead));
        Assert.Equal(1, await ana.UnreadAsync());
        var answer = await browser.SubmitAsync(
            "/notifications",
            new() { ["upTo"] = $"{long.MaxValue}" },
            "/notifications/read"
        );
        Assert.Equal("/notifications?read=true", answer.LeadsTo());
        Assert.Equal(0, await ana.UnreadAsync());
    }

    [Fact]
    public async Task The_list_is_paged_by_id_and_goes_back_ninety_days()
    {
        for (var i = 1; i <= 5; i++)
            await bruno.SaysAsync(room, $"{i}");
        using var program = await ana.ClientAsync();
        var first = await program.GetFromJsonAsync<JsonElement>("/api/notifications?limit=3");
        Assert.Equal([5, 4, 3], Seqs(first));
        var next = first.GetProperty("next").GetString();
        var rest = await program.GetFromJsonAsync<JsonElement>($"/api/notifications?limit=3&before={next}");
        Assert.Equal([2, 1], Seqs(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        clock.Advance(TimeSpan.FromDays(91));
        Assert.Empty((await ana.Get<NoticeService>().PageAsync()).Items);
    }

    [Fact]
    public async Task Nobody_sees_or_reads_the_notices_of_others()
    {
        await bruno.SaysAsync(room, "uno");
        var dora = await app.JoinAsync("Dora");
        Assert.Empty((await dora.Get<NoticeService>().PageAsync()).Items);
        await dora.Get<NoticeService>().MarkReadAsync(long.MaxValue);
        await dora.Get<NoticeService>().ShowAsync(room, 1);
        var notice = Assert.Single((await ana.Get<NoticeService>().PageAsync()).Items);
        Assert.Equal((false, null), (notice.IsRead, notice.ShownAt));
    }

    [Fact]
    public async Task Who_likes_a_listing_hears_once_a_day_that_it_costs_less()
    {
        var dora = await app.JoinAsync("Dora");
        var bike = (await ana.Inbox.RowAsync(room))!.ListingId;
        await dora.Get<FavouriteService>().MarkAsync(bike, isSaved: true);
        await PriceAsync(bike, "160");
        await PriceAsync(bike, "150");
        Assert.Equal(1, await dora.Get<NoticeService>().NewsAsync());
        using var browser = await SiteClient.SignedInAsync(app, dora);
        var page = await TextAsync(await browser.GetAsync("/notifications"));
        Assert.Matches(@"Ha bajado de precio: antes 180\s€, ahora 160\s€", page);
        var notice = Assert.Single((await dora.Get<NoticeService>().PageAsync()).Items);
        Assert.Equal($"/listings/{bike}", (await browser.GetAsync($"/notifications/{notice.Id}")).LeadsTo());
        Assert.Equal(0, await dora.Get<NoticeService>().NewsAsync());
        Assert.Null(await ana.Get<NoticeService>().OpenAsync(notice.Id));
        await PriceAsync(bike, "170");
        clock.Advance(TimeSpan.FromDays(2));
        await PriceAsync(bike, "140");
        Assert.Equal(1, await dora.Get<NoticeService>().NewsAsync());
        Assert.Equal(0, await ana.Get<NoticeService>().NewsAsync());
    }

    [Fact]
    public async Task A_message_that_a_page_has_shown_is_not_told_otherwise()
    {
        var message = await bruno.SaysAsync(room, "uno");
        using var program = await ana.ClientAsync();
        var answer = await program.PostAsJsonAsync(
            "/api/notifications/shown",
            new { roomId = room, seq = message.Seq }
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await using var db = app.Look();
        Assert.NotNull((await db.Notices.SingleAsync()).ShownAt);
        Assert.Equal(1, await ana.UnreadAsync());
    }

    [Fact]
    public async Task A_program_mutes_a_room_and_sees_until_when()
    {
        await bruno.SaysAsync(room, "Hola");
        using var program = await ana.ClientAsync();
        async Task<JsonElement> UntilAsync() =>
            (await program.GetFromJsonAsync<JsonElement>("/api/rooms"))
                .GetProperty("items")[0]
                .GetProperty("mutedUntil");
        Assert.Equal(JsonValueKind.Null, (await UntilAsync()).ValueKind);
        (await program.PutAsJsonAsync($"/api/rooms/{room}/mute", new { minutes = 480 })).EnsureSuccessStatusCode();
        Assert.Equal(clock.GetUtcNow().UtcDateTime.AddHours(8), (await UntilAsync()).GetDateTime());
    }

    [Fact]
    public async Task Programs_read_and_replace_the_settings_that_the_page_shows()
    {
        using var program = await ana.ClientAsync();
        var before = await program.GetFromJsonAsync<JsonElement>("/api/account/notifications");
        Assert.True(before.GetProperty("messages").GetProperty("mail").GetBoolean());
        Assert.False(before.GetProperty("favourites").GetProperty("push").GetBoolean());
        var answer = await program.PutAsJsonAsync(
            "/api/account/notifications",
            new
            {
                messages = new { here = true, push = true },
                deals = new { here = true },
                favourites = new { },
                moderation = new { here = true, push = true },
                playsSound = true,
                quiet = new
                {
                    isOn = true,
                    from = "23:00",
                    to = "07:30:00",
                    friday = true,
                },
                language = "en",
            }
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var saved = await ana.Get<NoticeService>().PreferenceAsync();
        Assert.Equal(
            (NoticeSubjects.Favourites, NoticeSubjects.Deals | NoticeSubjects.Favourites, NoticeSubjects.All),
            (saved.OffHere, saved.OffPush, saved.OffMail)
        );
        Assert.Equal((WeekDays.Friday, new TimeOnly(23, 0), "en"), (saved.QuietDays, saved.QuietFrom, saved.Culture));
        using var browser = await SiteClient.SignedInAsync(app, ana);
        Assert.Contains("value=\"07:30\"", await TextAsync(await browser.GetAsync("/account/manage/notifications")));
        foreach (
            var wrong in new object[]
            {
                new { language = "xx" },
                new
                {
                    quiet = new
                    {
                        isOn = true,
                        from = "25:00",
                        to = "07:00",
                    },
                },
                new { messages = (object?)null },
                new { quiet = (object?)null },
            }
        )
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await program.PutAsJsonAsync("/api/account/notifications", wrong)).StatusCode
            );
    }

    private async Task PriceAsync(long listing, string price)
    {
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.Price = price;
        var edited = await ana.Listings.EditAsync(listing, form);
        Assert.True(edited.Succeeded, edited.Refusal?.Text);
    }

    private static IEnumerable<int> Seqs(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("seq").GetInt32());

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
}
