using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Safety;

/// <summary>Bruno reports his talk with Ana, with pictures as proof, from a browser without scripts.</summary>
public sealed partial class ReportPictureTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private HttpClient his = default!;
    private string page = "";

    public ReportPictureTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        (ana, var bruno, var room) = await app.TalkAsync();
        his = await SiteClient.SignedInAsync(app, bruno);
        page = $"/report?room={room}";
    }

    public async Task DisposeAsync()
    {
        his.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Pictures_come_with_the_form_and_are_in_the_evidence_and_on_the_receipt()
    {
        var taken = Pictures.AsTaken(Pictures.Photograph(800, 600), orientation: 6);
        var receipt = (await PostAsync([("foto.jpg", taken), ("captura.png", Pictures.Sticker(300))])).LeadsTo()!;
        var html = WebUtility.HtmlDecode(await his.GetStringAsync(receipt));
        Assert.Contains("alt=\"Foto 2 de 2 de la denuncia\"", html);
        Assert.Equal(4, Shown(html).Count);
        foreach (var url in Shown(html))
        {
            using var answer = await his.GetAsync(url);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.StartsWith("image/", answer.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotContain("Exif", await answer.Content.ReadAsStringAsync());
        }
        var report = await ReportAsync();
        var evidence = ReportEvidence.Parse(report.Evidence)!;
        Assert.Equal(ReportEvidence.Hash(report.Evidence!), report.EvidenceHash);
        var store = app.Services.GetRequiredService<FileStore>();
        foreach (var picture in evidence.Pictures!)
            Assert.Equal(picture.Sha256, await store.DigestAsync(picture.File));
        clock.Advance(FileStore.PendingLife * 2);
        await SweepAsync();
        Assert.Equal(4, await FilesAsync());
    }

    [Fact]
    public async Task Without_pictures_it_is_the_report_that_it_was()
    {
        var receipt = (await PostAsync([])).LeadsTo()!;
        Assert.Empty(Shown(await his.GetStringAsync(receipt)));
        Assert.DoesNotContain("pictures\":[", (await ReportAsync()).Evidence);
    }

    [Fact]
    public async Task A_bad_file_is_named_and_nothing_that_was_given_is_lost()
    {
        byte[] nine = [.. Pictures.Jpeg, .. new byte[9 * 1024 * 1024]];
        byte[] most = [.. Pictures.Jpeg, .. new byte[27 * 1024 * 1024]];
        foreach (
            var (name, file, sentence) in new[]
            {
                ("carta.jpg", "hola, soy una foto"u8.ToArray(), "No parece una foto"),
                ("nada.png", [], "No parece una foto"),
                ("baile.gif", "GIF89a"u8.ToArray(), "No parece una foto"),
                ("enorme.png", Pictures.HugePng(), "el máximo son 24 megapíxeles"),
                ("grande.jpg", nine, "el máximo son 8 MB"),
                ("mayor.jpg", most, "el máximo son 8 MB"),
            }
        )
        {
            using var answer = await PostAsync([(name, file)]);
            var again = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Contains($"«{name}»: ", again);
            Assert.Contains(sentence, again);
            Assert.Contains(">¡Cuidado!</textarea>", again);
            Assert.Contains("checked", Regex.Match(again, "<input[^>]*value=\"Scam\"[^>]*>").Value);
        }
        using var half = await PostAsync([("captura.png", Pictures.Sticker(300)), ("carta.jpg", "no"u8.ToArray())]);
        var kept = Kept().Match(await half.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.Equal(2, await FilesAsync());
        var receipt = (await PostAsync([], kept)).LeadsTo()!;
        Assert.Equal(2, Shown(await his.GetStringAsync(receipt)).Count);
    }

    [Fact]
    public async Task More_than_three_are_refused_before_they_are_read_and_a_larger_request_before_it_is_taken()
    {
        var many = Enumerable.Range(0, 64).Select(at => ($"{at}.png", Pictures.Png)).ToArray();
        using var answer = await PostAsync(many);
        Assert.Contains("3 fotos como máximo", await answer.Content.ReadAsStringAsync());
        using var larger = await PostAsync([("a.jpg", new byte[33 * 1024 * 1024])]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, larger.StatusCode);
        Assert.Equal(0, await FilesAsync());
    }

    [Fact]
    public async Task Only_the_reporter_is_served_them_and_only_of_that_report()
    {
        var receipt = (await PostAsync([("captura.png", Pictures.Sticker(300))])).LeadsTo()!;
        var urls = Shown(await his.GetStringAsync(receipt));
        var dora = await app.JoinAsync("Dora");
        var vera = await app.JoinAsync("Vera", auditor: true);
        foreach (var person in new[] { ana, dora, vera })
        {
            using var browser = await SiteClient.SignedInAsync(app, person);
            foreach (var url in urls)
            {
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(url)).StatusCode);
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin{url}")).StatusCode);
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/files/{url[^36..]}")).StatusCode);
            }
        }
        Assert.Equal(HttpStatusCode.NotFound, (await SiteClient.Visitor(app).GetAsync(urls[0])).StatusCode);
        // Nor is it a picture of the conversation that has the report's number.
        var room = page.Split('=')[1];
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await his.GetAsync($"/messages/{room}/pictures/{urls[0][^36..]}")).StatusCode
        );
        var other = (await his.SubmitAsync($"/report?person={ana.Id}", Form())).LeadsTo()!;
        Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync($"{other}/pictures/{urls[0][^36..]}")).StatusCode);
    }

    [Fact]
    public async Task Pictures_of_others_or_of_another_report_are_no_proof()
    {
        var dora = await app.JoinAsync("Dora");
        var hers = await app
            .Services.GetRequiredService<PictureUploads>()
            .SaveAsync(dora.Id, new MemoryStream(Pictures.Png), default);
        foreach (var name in new[] { $"{hers.Value}", $"{Guid.NewGuid()}/{Guid.NewGuid()}" })
        {
            using var answer = await PostAsync([], name);
            Assert.Contains("Las fotos ya no están disponibles", await answer.Content.ReadAsStringAsync());
        }
        var first = (await PostAsync([("captura.png", Pictures.Png)])).LeadsTo()!;
        var used = Shown(await his.GetStringAsync(first));
        var names = $"{used[0][^36..]}/{used[1][^36..]}";
        using var again = await PostAsync([], names, $"/report?person={ana.Id}");
        Assert.Contains("Las fotos ya no están disponibles", await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_was_uploaded_for_a_report_that_was_never_made_is_swept()
    {
        using var half = await PostAsync([("captura.png", Pictures.Png), ("carta.jpg", "no"u8.ToArray())]);
        Assert.Equal(2, await FilesAsync());
        clock.Advance(FileStore.PendingLife * 2);
        await SweepAsync();
        Assert.Equal(0, await FilesAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(
        IReadOnlyList<(string Name, byte[] Bytes)> files,
        string? uploaded = null,
        string? to = null
    )
    {
        var html = await his.GetStringAsync(to ?? page);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Form())
            form.Add(new StringContent(value), name);
        form.Add(new StringContent(Token().Match(html).Groups[1].Value), "__RequestVerificationToken");
        if (uploaded is not null)
            form.Add(new StringContent(uploaded), "Form.Pictures[0]");
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(part, "Form.Files", name);
        }
        // As browsers send a field without a file.
        if (files.Count == 0)
            form.Add(NoFile());
        return await his.PostAsync(to ?? page, form);
    }

    private static ByteArrayContent NoFile()
    {
        var part = new ByteArrayContent([]);
        part.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse(
            "form-data; name=\"Form.Files\"; filename=\"\""
        );
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return part;
    }

    private static Dictionary<string, string> Form() =>
        new()
        {
            ["_handler"] = "report",
            ["Form.Reason"] = "Scam",
            ["Form.Text"] = "¡Cuidado!",
        };

    private static List<string> Shown(string html) =>
        [.. Picture().Matches(html).Select(match => match.Groups[1].Value)];

    private async Task<Report> ReportAsync()
    {
        await using var db = app.Look();
        return await db.Reports.SingleAsync();
    }

    private async Task<int> FilesAsync()
    {
        await using var db = app.Look();
        return await db.Files.CountAsync();
    }

    private Task<int> SweepAsync() =>
        app.Services.GetRequiredService<FileStore>().SweepAsync(app.Services.GetRequiredService<IKeptFiles>(), default);

    [GeneratedRegex("(?:href|src)=\"(/reports/\\d+/pictures/[^\"]+)\"")]
    private static partial Regex Picture();

    [GeneratedRegex("name=\"Form.Pictures\\[0\\]\" value=\"([^\"]+)\"")]
    private static partial Regex Kept();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
