using System.Net;
using System.Text;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Marketplace.Tests.Listings;

/// <summary>What the server makes of uploads, whatever the browser's script does before.</summary>
public sealed class PictureUploadTests : IAsyncLifetime
{
    private readonly PictureWorkers workers = new(atOnce: 1, waiting: 0, TimeSpan.FromMinutes(1));
    private readonly MarketplaceApp app;
    private HttpClient hers = default!;

    public PictureUploadTests() => app = new() { Beside = services => services.AddSingleton(workers) };

    public async Task InitializeAsync() => hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));

    public async Task DisposeAsync()
    {
        hers.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_photograph_straight_from_the_camera_comes_out_upright_and_without_its_place()
    {
        var taken = Pictures.AsTaken(Pictures.Photograph(800, 600), orientation: 6);
        var (status, answer) = await hers.UploadAsync(taken);
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var name in new[] { "file", "thumbnail" })
        {
            var served = await hers.GetByteArrayAsync(
                $"/files/{JsonDocument.Parse(answer).RootElement.GetProperty(name)}"
            );
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(served));
            Assert.DoesNotContain("Calle Mayor", Encoding.Latin1.GetString(served));
            using var shown = SKBitmap.Decode(served);
            Assert.True(shown.Width < shown.Height);
        }
        // The original is nowhere, and the record says what is served.
        await using var db = app.Look();
        Assert.Equal(2, Stored.Length);
        Assert.DoesNotContain(Stored, path => new FileInfo(path).Length == taken.Length);
        Assert.Equal(
            ["image/jpeg 600x800", "image/webp 360x480"],
            (await db.Files.OrderBy(file => file.Id).ToListAsync()).Select(f => $"{f.ContentType} {f.Width}x{f.Height}")
        );
    }

    [Fact]
    public async Task A_small_file_of_many_pixels_is_refused_in_the_readers_language_and_leaves_nothing()
    {
        var bomb = Pictures.HugePng();
        Assert.InRange(bomb.Length, 10_000, 30_000);
        Assert.Contains("el máximo son 24 megapíxeles", await RefusalAsync(bomb));
        var ribbon = Pictures.BlackPng(100_000, 1);
        Assert.Contains("cada lado puede tener 65.535 píxeles como máximo", await RefusalAsync(ribbon));
        hers.DefaultRequestHeaders.Remove("Accept-Language");
        hers.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Contains("24 megapixels at most", await RefusalAsync(bomb));
        Assert.Contains("65,535 pixels per side at most", await RefusalAsync(ribbon));
    }

    [Fact]
    public async Task What_follows_the_end_of_a_picture_is_dropped()
    {
        var film = Enumerable.Repeat("una película corta "u8.ToArray(), 100).SelectMany(part => part).ToArray();
        foreach (var picture in new[] { Pictures.Jpeg, Pictures.Sticker(300) })
        {
            var (status, answer) = await hers.UploadAsync([.. picture, .. film]);
            Assert.Equal(HttpStatusCode.OK, status);
            var name = JsonDocument.Parse(answer).RootElement.GetProperty("file");
            Assert.DoesNotContain("una pel", Encoding.Latin1.GetString(await hers.GetByteArrayAsync($"/files/{name}")));
        }
    }

    [Fact]
    public async Task A_file_of_nine_megabytes_is_refused_as_too_large()
    {
        using var answer = await hers.PostPictureAsync([.. Pictures.Jpeg, .. new byte[9 * 1024 * 1024]]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("el máximo son 8 MB", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_has_signed_out_elsewhere_reads_so_instead_of_a_failed_upload()
    {
        using var visitor = SiteClient.Visitor(app);
        using var answer = await visitor.PostAsync("/files", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Contains("Tu sesión ha terminado", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_is_cut_renamed_or_of_another_format_is_refused_and_leaves_nothing()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];
        byte[] hollow = [.. Pictures.Jpeg[..400], .. Pictures.Jpeg[^400..]];
        foreach (
            var file in new[]
            {
                Pictures.Jpeg[..5_000],
                "hola, soy una foto"u8.ToArray(),
                "GIF89a"u8.ToArray(),
                heic,
                hollow,
            }
        )
            Assert.Contains("No parece una foto", await RefusalAsync(file));
    }

    [Fact]
    public async Task Whoever_comes_while_too_many_pictures_wait_is_told_when_to_try_again()
    {
        using (await workers.EnterAsync(default))
        {
            using var answer = await hers.PostPictureAsync(Pictures.Png);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(PictureWorkers.RetryAfter, answer.Headers.RetryAfter!.Delta);
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal("busy", problem.GetProperty("code").GetString());
            Assert.Contains("muchas fotos en cola", problem.GetProperty("detail").GetString());
        }
        Assert.Equal(HttpStatusCode.OK, (await hers.UploadAsync(Pictures.Png)).Status);
    }

    [Fact]
    public async Task A_picture_waits_for_its_turn_but_not_for_ever()
    {
        using var few = new PictureWorkers(atOnce: 1, waiting: 1, TimeSpan.FromMinutes(1));
        var first = await few.EnterAsync(default);
        var second = few.EnterAsync(default);
        Assert.Null(await few.EnterAsync(default));
        Assert.False(second.IsCompleted);
        first!.Dispose();
        using var turn = await second;
        Assert.NotNull(turn);
        using var hasty = new PictureWorkers(atOnce: 1, waiting: 1, TimeSpan.FromMilliseconds(1));
        using var taken = await hasty.EnterAsync(default);
        Assert.Null(await hasty.EnterAsync(default));
    }

    [Fact]
    public async Task An_upload_whose_record_fails_leaves_no_file()
    {
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Refuse BEFORE INSERT ON Files BEGIN SELECT RAISE(ABORT, 'no'); END"
            );
        Assert.Equal(HttpStatusCode.InternalServerError, (await hers.UploadAsync(Pictures.Png)).Status);
        Assert.Empty(Stored);
    }

    private string[] Stored
    {
        get
        {
            var folder = app.Services.GetRequiredService<FileSettings>().Folder;
            return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
    }

    private async Task<string> RefusalAsync(byte[] file)
    {
        var (status, answer) = await hers.UploadAsync(file);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(Stored);
        await using var db = app.Look();
        Assert.False(await db.Files.AnyAsync());
        return JsonDocument.Parse(answer).RootElement.GetProperty("detail").GetString()!;
    }
}
