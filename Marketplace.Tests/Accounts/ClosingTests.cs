using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>A person takes their data away, and leaves.</summary>
public sealed class ClosingTests : IAsyncLifetime
{
    private const string Data = "/account/manage/data";
    private const string Archive = "/account/manage/data/archive";
    private const string Close = "/account/manage/data/delete";

    private readonly SmtpApp site = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long bike;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await site.App.JoinAsync("Ana"), await site.App.JoinAsync("Bruno"));
        bike = await ana.SellsAsync();
        room = await bruno.ContactsAsync(bike);
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await ana.SaysAsync(room, "Sí, llámame al 600 123 456");
    }

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_closes_an_account_is_out_everywhere_and_nobody_sees_the_name()
    {
        using var open = bruno.Chat.Open(room, bruno.RunAsync);
        await open.LoadAsync();
        using var desk = await SiteClient.SignedInAsync(site.App, ana);
        using var phone = await ana.ClientAsync();
        using var browser = await SignInAsync(ana);

        var closed = await CloseAsync(browser);
        Assert.Equal("/account/closed", closed.LeadsTo());
        Assert.Contains("storage", closed.Headers.GetValues("Clear-Site-Data").Single());
        Assert.StartsWith("/account/login", (await browser.GetAsync(Data)).LeadsTo());
        Assert.StartsWith("/account/login", (await desk.GetAsync("/messages")).LeadsTo());
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/account/me")).StatusCode);

        await Eventually.TrueAsync(() => open.Room!.Seller.IsClosed, "Bruno's open page says it");
        Assert.Equal("Cuenta eliminada", open.Room!.Seller.Name);
        Assert.Equal("Cuenta eliminada", (await bruno.Chat.HistoryAsync(room, new())).Value![1].SenderName);
        var refused = (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "¿Hola?")).Refusal!;
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
        Assert.Contains("ha eliminado su cuenta", refused.Text);
        Assert.Equal(ListingState.Withdrawn, (await bruno.Listings.FindAsync(bike))!.State);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await SiteClient.Visitor(site.App).GetAsync($"/people/{ana.Id}")).StatusCode
        );
        await using var db = await DatabaseAsync();
        var left = await db.Users.SingleAsync(user => user.Id == ana.Id);
        Assert.Equal(("", null, null, null), (left.DisplayName, left.Email, left.UserName, left.PasswordHash));
        Assert.False(await db.UserTerms.AnyAsync(term => term.UserId == ana.Id));
    }

    [Fact]
    public async Task The_link_in_the_mail_brings_the_account_back()
    {
        await CloseAsync(await SignInAsync(ana));
        using var owner = site.Visitor("192.0.2.7");
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        var answer = await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" });
        await owner.SubmitAsync(
            answer.LeadsTo()!,
            new() { ["_handler"] = "reset", ["Form.Password"] = "tres gatos en la cocina" }
        );
        Assert.Equal("/", (await EnterAsync(owner, "tres gatos en la cocina")).LeadsTo());
        Assert.Equal("Ana", (await bruno.Chat.HistoryAsync(room, new())).Value![1].SenderName);
        await bruno.SaysAsync(room, "¡Has vuelto!");
    }

    [Fact]
    public async Task The_link_says_what_comes_back_and_when_another_account_has_the_address()
    {
        await CloseAsync(await SignInAsync(ana));
        using var owner = site.Visitor("192.0.2.7");
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        Assert.Contains("tus mensajes y tus anuncios", WebUtility.HtmlDecode(await owner.GetStringAsync(link)));

        var other = await site.App.JoinAsync("Ana", email: ana.Email);
        await using var db = await DatabaseAsync();
        await db
            .Users.Where(user => user.Id == other.Id)
            .ExecuteUpdateAsync(user => user.SetProperty(one => one.EmailConfirmed, true));
        var page = WebUtility.HtmlDecode(await owner.GetStringAsync(link));
        Assert.Contains("Ya hay otra cuenta con este correo.", page);
        Assert.DoesNotContain("Recuperar la cuenta", page);
    }

    [Fact]
    public async Task A_thief_who_changes_the_address_and_then_closes_the_account_gains_nothing()
    {
        var thief = await SignInAsync(ana);
        await thief.SubmitAsync(
            "/account/manage/email",
            new() { ["_handler"] = "email", ["Form.Email"] = "ladron@test.local" }
        );
        var confirmed = await site.LinkAsync("ladron@test.local", "/account/confirm-email-change");
        await thief.SubmitAsync(confirmed, new() { ["_handler"] = "confirm" });
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await CloseAsync(thief);
        using var owner = site.Visitor("192.0.2.7");
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        Assert.NotNull((await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" })).LeadsTo());
        Assert.Equal("Ana", (await site.App.EnterAsync(ana.Id)).Name);
    }

    [Fact]
    public async Task After_the_link_the_texts_are_erased_and_the_other_keeps_theirs()
    {
        await ana.Get<MessageService>().EditAsync(room, 2, "Sí, llámame al 600 654 321");
        await ana.SettlesAsync(bike, ListingState.Reserved, bruno.Id);
        var unasked = await ana.SellsAsync("Patinete");
        await CloseAsync(await SignInAsync(ana));
        site.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(0, await Closed.EraseAsync(default));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await Closed.EraseAsync(default));
        Assert.Equal(0, await Closed.EraseAsync(default));

        var history = (await bruno.Chat.HistoryAsync(room, new())).Value!;
        Assert.Equal(["¿Sigue a la venta?", "", ""], history.Select(message => message.Body));
        Assert.NotNull(history[1].DeletedAt);
        Assert.Equal((MessageKind.Reserved, null), (history[2].Kind, history[2].DeletedAt));
        await using var db = await DatabaseAsync();
        Assert.False(await db.MessageVersions.AnyAsync());
        Assert.False(await db.Files.AnyAsync(file => file.OwnerId == ana.Id && file.State != FileState.Pending));
        Assert.Null(await bruno.Listings.FindAsync(unasked));
        var kept = (await bruno.Listings.FindAsync(bike))!;
        Assert.Equal(("Bicicleta eléctrica", "", ""), (kept.Title, kept.Description, kept.Place));
        Assert.Equal("", (await bruno.Chat.SeenListingAsync(room))!.Description);
        using var owner = site.Visitor("192.0.2.7");
        var late = await owner.GetStringAsync(await site.LinkAsync(ana.Email, "/account/take-back"));
        Assert.DoesNotContain("Recuperar la cuenta", late);
    }

    [Fact]
    public async Task What_an_erased_account_sold_is_there_only_for_who_asked_about_it()
    {
        var dora = await site.App.JoinAsync("Dora");
        await dora.Get<FavouriteService>().MarkAsync(bike, isSaved: true);
        using var visitor = site.Visitor();
        await CloseAsync(await SignInAsync(ana));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor));
        site.Clock.Advance(TimeSpan.FromHours(73));
        await Closed.EraseAsync(default);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(await SignInAsync(dora)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await SignInAsync(bruno)));
        Assert.Empty((await dora.Get<FavouriteService>().PageAsync(null)).Items);
        var refusal = (await dora.Get<ContactService>().ContactAsync(bike)).Refusal!;
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
        Assert.Equal(room, (await bruno.Get<ContactService>().ContactAsync(bike)).Value!.RoomId);
        await using var db = await DatabaseAsync();
        Assert.False(await db.ListingTerms.AnyAsync());

        async Task<HttpStatusCode> StatusAsync(HttpClient reader) =>
            (await reader.GetAsync($"/listings/{bike}")).StatusCode;
    }

    [Fact]
    public async Task Who_downloads_too_late_after_signing_in_proves_and_comes_back_to_the_page()
    {
        using var browser = await SignInAsync(ana);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var answer = await browser.PostAsync(Archive, new FormUrlEncodedContent([]));
        Assert.Equal($"/account/manage/proof?ReturnUrl={Uri.EscapeDataString(Data)}", answer.LeadsTo());
    }

    [Fact]
    public async Task What_an_erased_account_said_is_nowhere_in_the_file_of_the_database()
    {
        await ana.SaysAsync(room, "O al 612345678");
        await ana.Get<MessageService>().EditAsync(room, 3, "O al 655443322");
        Assert.Contains("655443322", await BytesAsync());
        await CloseAsync(await SignInAsync(ana));
        site.Clock.Advance(TimeSpan.FromHours(73));
        await Closed.EraseAsync(default);
        var left = await BytesAsync();
        Assert.DoesNotContain("612345678", left);
        Assert.DoesNotContain("655443322", left);
    }

    [Fact]
    public async Task The_address_of_a_closed_account_is_free()
    {
        await CloseAsync(await SignInAsync(ana));
        using var visitor = site.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, MarketplaceApp.Password)).StatusCode);
        await site.App.JoinAsync("Ana", email: ana.Email);
    }

    [Fact]
    public async Task The_only_administrator_stays()
    {
        var carla = await site.App.JoinAsync("Carla", administrator: true);
        var answer = await CloseAsync(await SignInAsync(carla));
        Assert.Contains(
            "única persona que administra",
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())
        );
        Assert.NotNull(await carla.Get<CurrentUser>().FindAsync());
    }

    [Fact]
    public async Task A_person_downloads_all_that_is_theirs_and_nothing_of_others()
    {
        var dora = await site.App.JoinAsync("Dora");
        await dora.SaysAsync(await dora.ContactsAsync(bike), "Solo para Ana");
        using var browser = await SignInAsync(bruno);
        var picture = await browser.PostPictureAsync(Pictures.Jpeg);
        picture.EnsureSuccessStatusCode();
        var answer = await browser.SubmitAsync(Data, [], Archive);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(bruno.Email, (await ReadAsync(zip, "account.json")).GetProperty("email").GetString());
        Assert.Equal(2, zip.Entries.Count(entry => entry.FullName.StartsWith("pictures/")));
        var conversation = Assert.Single((await ReadAsync(zip, "conversations.json")).EnumerateArray());
        Assert.Equal("Ana", conversation.GetProperty("with").GetString());
        var messages = (await ReadAsync(zip, $"conversations/{room}.json")).EnumerateArray().ToList();
        Assert.Equal("¿Sigue a la venta?", messages[0].GetProperty("body").GetString());
        Assert.EndsWith("Z", messages[0].GetProperty("sentAt").GetString());
        Assert.Equal(2, messages.Count);
        Assert.DoesNotContain(zip.Entries, entry => Text(entry).Contains("Solo para Ana"));
    }

    [Fact]
    public async Task Who_proves_it_before_the_download_comes_back_to_the_page()
    {
        using var browser = await SignInAsync(ana);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = new FormUrlEncodedContent([]);
        var proof = (await browser.PostAsync(Archive, late)).LeadsTo()!;
        Assert.Equal($"/account/manage/proof?ReturnUrl={Uri.EscapeDataString(Data)}", proof);
    }

    [Fact]
    public async Task No_other_site_makes_a_person_download_or_leave()
    {
        using var browser = await SignInAsync(ana);
        foreach (var address in new[] { Archive, Close })
        {
            using var forged = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "close")]);
            var answer = await browser.PostAsync(address, forged);
            Assert.NotEqual("application/zip", answer.Content.Headers.ContentType?.MediaType);
        }
        Assert.NotNull(await ana.Get<CurrentUser>().FindAsync());
    }

    private ClosedAccounts Closed => site.App.Services.GetRequiredService<ClosedAccounts>();

    private Task<MarketplaceDbContext> DatabaseAsync() =>
        site.App.Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>().CreateDbContextAsync();

    private async Task<HttpClient> SignInAsync(Person person)
    {
        var browser = site.Visitor();
        await browser.SignInAsync(person);
        return browser;
    }

    private static Task<HttpResponseMessage> CloseAsync(HttpClient browser) =>
        browser.SubmitAsync(Close, new() { ["_handler"] = "close" });

    private Task<HttpResponseMessage> EnterAsync(HttpClient browser, string password) =>
        browser.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = ana.Email,
                ["Form.Password"] = password,
            }
        );

    private async Task<string> BytesAsync()
    {
        var copy = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var db = await DatabaseAsync())
                await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
            return await File.ReadAllTextAsync(copy, Encoding.Latin1);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static async Task<JsonElement> ReadAsync(ZipArchive zip, string name)
    {
        await using var entry = zip.GetEntry(name)!.Open();
        return (await JsonDocument.ParseAsync(entry)).RootElement;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
