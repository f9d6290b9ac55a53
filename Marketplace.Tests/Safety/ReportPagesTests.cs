using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Tests.Safety;

/// <summary>Reporting from the pages, and by programs.</summary>
public sealed class ReportPagesTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_message_is_reported_in_one_form_and_the_receipt_says_what_comes_next()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var bad = await ana.SaysAsync(room, "Págame por este enlace");
        using var his = await SiteClient.SignedInAsync(app, bruno);
        var page = $"/report?message={room}:{bad.Seq}";
        var html = WebUtility.HtmlDecode(await his.GetStringAsync(page));
        Assert.Contains("Denunciar un mensaje de Ana", html);
        Assert.Contains("Págame por este enlace", html);
        Assert.Contains("Ana no sabrá quién lo ha denunciado.", html);
        Assert.Contains("Elige un motivo.", await (await his.SubmitAsync(page, Form(""))).Content.ReadAsStringAsync());
        var receipt = (await his.SubmitAsync(page, Form("OutsidePayment"))).LeadsTo()!;
        var shown = WebUtility.HtmlDecode(await his.GetStringAsync(receipt));
        Assert.Contains("Pide pagar fuera de aquí", shown);
        Assert.Contains("La administración todavía no ha decidido.", shown);
        Assert.Contains("¡Cuidado!", shown);
        Assert.Equal(receipt, (await his.GetAsync(page)).LeadsTo());
        Assert.Contains($"href=\"{receipt}\"", await his.GetStringAsync("/account/manage/reports"));
    }

    [Fact]
    public async Task A_receipt_is_only_the_reporters()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var sent = await bruno.Get<ReportService>().ReportAsync(new(ReportKind.Room, room), ReportReason.Scam, null);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"/reports/{sent.Value!.Id}")).StatusCode);
        Assert.DoesNotContain("/reports/", await hers.GetStringAsync("/account/manage/reports"));
    }

    [Fact]
    public async Task Whoever_is_not_of_the_room_finds_nothing_to_report_there()
    {
        var (_, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Hola");
        var dora = await app.JoinAsync("Dora");
        using var browser = await SiteClient.SignedInAsync(app, dora);
        foreach (var page in new[] { $"?message={room}:1", $"?room={room}", "?room=999999", "?message=1", "" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/report{page}")).StatusCode);
    }

    [Fact]
    public async Task Listings_and_profiles_offer_it_to_others_and_a_visitor_signs_in_first()
    {
        var ana = await app.JoinAsync("Ana");
        var bike = await ana.SellsAsync();
        using var hers = await SiteClient.SignedInAsync(app, ana);
        foreach (
            var (page, report) in new[]
            {
                ($"/listings/{bike}", $"/report?listing={bike}"),
                ($"/people/{ana.Id}", $"/report?person={ana.Id}"),
            }
        )
        {
            Assert.Contains($"href=\"{report}\"", await SiteClient.Visitor(app).GetStringAsync(page));
            Assert.StartsWith("/account/login", (await SiteClient.Visitor(app).GetAsync(report)).LeadsTo());
            Assert.DoesNotContain(report, await hers.GetStringAsync(page));
        }
    }

    [Fact]
    public async Task Programs_report_once_and_read_the_state()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var bad = await ana.SaysAsync(room, "Págame por este enlace");
        using var his = await bruno.ClientAsync();
        var request = new
        {
            kind = "message",
            roomId = room,
            seq = bad.Seq,
            reason = "outsidePayment",
        };
        var first = await his.PostAsJsonAsync("/api/reports", request);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var id = (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        var second = await his.PostAsJsonAsync("/api/reports", request);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var list = await his.GetFromJsonAsync<JsonElement>("/api/reports");
        var one = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal((id, "open"), (one.GetProperty("id").GetInt64(), one.GetProperty("state").GetString()));
        var nothing = await his.PostAsJsonAsync("/api/reports", new { kind = "message", reason = "scam" });
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        var dora = await app.JoinAsync("Dora");
        using var hers = await dora.ClientAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await hers.PostAsJsonAsync("/api/reports", request)).StatusCode);
    }

    [Fact]
    public async Task Whoever_reports_without_end_has_to_wait()
    {
        await using var limited = new MarketplaceApp
        {
            Settings = { ["Limits:Enabled"] = "true", ["Limits:Report"] = "2" },
        };
        var (_, bruno, room) = await limited.TalkAsync();
        using var his = await bruno.ClientAsync();
        var request = new
        {
            kind = "room",
            roomId = room,
            reason = "scam",
        };
        for (var i = 0; i < 2; i++)
            Assert.True((await his.PostAsJsonAsync("/api/reports", request)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await his.PostAsJsonAsync("/api/reports", request)).StatusCode);
    }

    private static Dictionary<string, string> Form(string reason) =>
        new()
        {
            ["_handler"] = "report",
            ["Form.Reason"] = reason,
            ["Form.Text"] = "¡Cuidado!",
        };
}
