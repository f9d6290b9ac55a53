using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Admin.Evidence;

/// <summary>What an administrator takes out of the house, and what the record knows of it.</summary>
public sealed class TranscriptTests(ExportedRoom exported) : IClassFixture<ExportedRoom>
{
    [Fact]
    public void Its_page_runs_no_script_and_its_table_no_formula()
    {
        var page = ExportedRoom.Text(exported.Archive, "transcript.html");
        Assert.DoesNotContain("<script", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.Contains("default-src 'none'", page);
        var style = page[(page.IndexOf("<style>") + 7)..page.IndexOf("</style>")];
        Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))), page);
        Assert.Contains("<p dir=\"auto\">=HYPERLINK", page);
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")", ExportedRoom.Text(exported.Archive, "messages.csv"));
    }

    [Fact]
    public void It_has_what_was_edited_and_deleted_and_looked_at_in_both_times()
    {
        var json = JsonDocument.Parse(ExportedRoom.Text(exported.Archive, "transcript.json")).RootElement;
        var messages = json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 6), messages.Select(one => one.GetProperty("seq").GetInt32()));
        Assert.Equal("Te la dejo en 170 €", messages[2].GetProperty("earlier")[0].GetProperty("body").GetString());
        Assert.Equal("", messages[3].GetProperty("body").GetString());
        Assert.Equal("Págame por Bizum", messages[3].GetProperty("earlier")[0].GetProperty("body").GetString());
        Assert.Equal("👍", messages[0].GetProperty("reactions")[0].GetProperty("sign").GetString());
        var sent = messages[0].GetProperty("sentAt");
        Assert.EndsWith("Z", sent.GetProperty("utc").GetString());
        Assert.Matches("\\+0[12]:00$", sent.GetProperty("local").GetString());
        Assert.Equal("Europe/Madrid", json.GetProperty("zone").GetString());
        Assert.Equal("RoomOpened", json.GetProperty("looks")[0].GetProperty("action").GetString());
        var page = ExportedRoom.Text(exported.Archive, "transcript.html");
        Assert.Contains("Págame por Bizum", page);
        Assert.Contains($"src=\"{messages[1].GetProperty("pictures")[0].GetProperty("name").GetString()}\"", page);
    }

    [Fact]
    public async Task The_record_has_it_with_its_purpose_and_its_digest()
    {
        var mine = (await exported.Carla.RecordAsync()).First(one =>
            one is { Action: AuditAction.TranscriptExported, IsRefused: false }
        );
        var manifest = ExportedRoom.Text(exported.Archive, "manifest.json");
        var head = JsonDocument.Parse(manifest).RootElement.GetProperty("head").GetString();
        Assert.Equal((LookReason.Legal, $"Juzgado 3 · SHA-256 {head}", 6L), (mine.Reason, mine.Text, mine.Seq));
    }

    [Fact]
    public async Task Nobody_but_an_administrator_who_opened_the_room_and_says_why_gets_it()
    {
        var purpose = Look.For(LookReason.Legal, "Juzgado 3");
        var vera = await exported.App.JoinAsync("Vera", auditor: true);
        foreach (var person in new[] { exported.Ana, exported.Bruno, vera })
            Assert.Equal(RefusalKind.NotFound, await RefusedAsync(person, exported.Room, purpose));
        var olga = await exported.App.JoinAsync("Olga", administrator: true);
        Assert.Equal(RefusalKind.NotFound, await RefusedAsync(olga, 999_999, purpose));
        Assert.Equal(RefusalKind.Forbidden, await RefusedAsync(olga, exported.Room, purpose));
        Assert.True((await olga.RecordAsync())[0] is { Action: AuditAction.TranscriptExported, IsRefused: true });
        using (var look = olga.LooksAt(exported.Room))
            await look.LoadAsync();
        Assert.Equal(RefusalKind.Invalid, await RefusedAsync(olga, exported.Room, null));
        Assert.Equal(RefusalKind.Invalid, await RefusedAsync(olga, exported.Room, Look.For(LookReason.Fraud, " ")));
        var elsewhere = await exported.App.EnterAsync(olga.Id);
        Assert.Equal(RefusalKind.Forbidden, await RefusedAsync(elsewhere, exported.Room, purpose));
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_sent_and_looks_only_where_the_site_shows_them()
    {
        await using var broken = new MarketplaceApp();
        broken.Settings["Audit:ShowLooks"] = "false";
        var (_, bruno, room) = await broken.TalkAsync();
        var carla = await broken.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Hola");
        var archive = await ExportedRoom.ExportAsync(carla, room);
        Assert.Contains("\"looks\":null", ExportedRoom.Text(archive, "transcript.json"));
        await using (var db = broken.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Full BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'full'); END"
            );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            carla.Get<TranscriptService>().ExportAsync(room, Look.For(LookReason.Legal, "Juzgado 3"), default)
        );
    }

    [Fact]
    public async Task The_browser_gets_a_file_for_a_form_with_its_token()
    {
        var carla = await exported.App.EnterAsync(exported.Carla.Id);
        using var hers = await SiteClient.SignedInAsync(exported.App, exported.Carla);
        await carla.GoOnInLastSessionAsync();
        using var look = carla.LooksAt(exported.Room);
        await look.LoadAsync();
        var address = $"/admin/rooms/{exported.Room}/transcript";
        var without = await hers.PostAsync(address, new FormUrlEncodedContent([new("reason", "Legal")]));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        var fields = new Dictionary<string, string> { ["reason"] = "Legal", ["text"] = "Juzgado 3" };
        var answer = await hers.SubmitAsync("/admin/rooms", fields, address);
        Assert.Equal(
            ("application/zip", true),
            (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore)
        );
        await using var archive = await answer.Content.ReadAsStreamAsync();
        Assert.Null((await TranscriptCheck.RunAsync(archive, exported.Key)).Broken);
    }

    [Fact]
    public async Task The_menu_of_a_room_asks_what_it_is_for_and_lets_the_browser_ask_for_it()
    {
        await using var screen = new Screen(exported.Carla);
        var page = screen.ShowWithProviders<RoomPage>(p => p.Add(one => one.RoomId, exported.Room));
        page.WaitForElement("input[value=Fraud]").Change("Fraud");
        await page.Find("form").SubmitAsync();
        page.WaitForElement("button[aria-label='Más acciones']").Click();
        page.WaitForAssertion(() => Assert.Contains("Exportar", page.Markup));
        page.FindAll("[role=menuitem]").Single(one => one.TextContent.Contains("Exportar")).Click();
        var form = page.WaitForElement("#transcript");
        Assert.Equal($"/admin/rooms/{exported.Room}/transcript", form.GetAttribute("action"));
        Assert.True(page.Find("[form=transcript]").HasAttribute("disabled"));
        page.Find("#transcript input[value=Legal]").Change("Legal");
        page.Find("#transcript textarea").Input("Juzgado 3");
        page.WaitForAssertion(() => Assert.False(page.Find("[form=transcript]").HasAttribute("disabled")));
    }

    private static async Task<RefusalKind> RefusedAsync(Person person, long room, Look? purpose) =>
        (await person.Get<TranscriptService>().ExportAsync(room, purpose, default)).Refusal!.Kind;
}
