using System.Net;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Listings;

public sealed class PictureQuotaTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly HandClock clock = new();
    private MarketplaceApp app = default!;
    private Person ana = default!;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Whoever_has_uploaded_enough_pictures_today_may_upload_tomorrow()
    {
        await BeginAsync("Limits:PicturesPerDay", "2");
        var photo = await KeepAsync();
        await SellAsync(photo);
        clock.Set(TimeSpan.FromHours(1));
        await KeepAsync();
        var refusal = await RefusalAsync();
        Assert.Contains("máximo de fotos en 24 horas (2)", refusal.Text);
        Assert.Equal(TimeSpan.FromHours(23), refusal.RetryAfter);
        // Others have their own.
        Assert.True((await UploadAsync(await app.JoinAsync("Bruno"))).Succeeded);
        clock.Set(TimeSpan.FromHours(23));
        await KeepAsync();
        await RefusalAsync();
        Assert.NotNull(await app.Services.GetRequiredService<FileStore>().FindAsync(photo.File, null));
    }

    [Fact]
    public async Task Whoever_has_uploaded_enough_bytes_today_may_upload_tomorrow()
    {
        await BeginAsync("Limits:PictureMegabytesPerDay", "1");
        await KeepAsync();
        await using (var db = app.Look())
            await db.Files.ExecuteUpdateAsync(file => file.SetProperty(f => f.Size, 512 * 1024));
        Assert.Contains("ocupan el máximo (1 MB)", (await RefusalAsync()).Text);
        clock.Set(Day);
        await KeepAsync();
    }

    [Fact]
    public async Task Whoever_leaves_too_many_pictures_unused_may_upload_again_once_one_is_used_or_swept()
    {
        await BeginAsync("Limits:PendingPictures", "2");
        var (photo, _) = (await KeepAsync(), await KeepAsync());
        Assert.Contains("sin enviar ni publicar (2)", (await RefusalAsync()).Text);
        await SellAsync(photo);
        await KeepAsync();
        Assert.Equal(Day, (await RefusalAsync()).RetryAfter);
        clock.Set(Day);
        await KeepAsync();
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_pass_the_quota_together()
    {
        await BeginAsync("Limits:PicturesPerDay", "3");
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => UploadAsync(ana)));
        Assert.Equal(3, all.Count(one => one.Succeeded));
        Assert.All(all, one => Assert.True(one.Refusal is null or { Kind: RefusalKind.RateLimited }));
        await using var db = app.Look();
        Assert.Equal(6, await db.Files.CountAsync());
        Assert.Equal(6, Directory.GetFiles(app.Services.GetRequiredService<FileSettings>().Folder).Length);
    }

    [Fact]
    public async Task A_program_that_uploads_too_much_gets_429_and_the_time_to_wait()
    {
        await BeginAsync("Limits:PendingPictures", "1");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        Assert.Equal(HttpStatusCode.OK, (await hers.UploadAsync(Pictures.Png)).Status);
        using var answer = await hers.PostPictureAsync(Pictures.Png);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(Day, answer.Headers.RetryAfter!.Delta);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("rate_limited", problem.GetProperty("code").GetString());
        Assert.Contains("Envía o publica alguna", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Without_limits_there_is_no_quota()
    {
        await BeginAsync("Limits:PicturesPerDay", "1", enabled: "false");
        await KeepAsync();
        await KeepAsync();
    }

    private async Task BeginAsync(string key, string limit, string enabled = "true")
    {
        app = new()
        {
            Settings = { [key] = limit, ["Limits:Enabled"] = enabled },
            Beside = services => services.AddSingleton<TimeProvider>(clock),
        };
        ana = await app.JoinAsync("Ana");
    }

    private async Task<StoredPicture> KeepAsync() => (await UploadAsync(ana)).Value!;

    private async Task<Refusal> RefusalAsync()
    {
        var refused = await UploadAsync(ana);
        Assert.Equal(RefusalKind.RateLimited, refused.Refusal?.Kind);
        return refused.Refusal!;
    }

    private async Task<Outcome<StoredPicture>> UploadAsync(Person owner)
    {
        using var content = new MemoryStream(Pictures.Png);
        return await app.Services.GetRequiredService<PictureUploads>().SaveAsync(owner.Id, content, default);
    }

    private async Task SellAsync(StoredPicture photo)
    {
        var listing = await ana.SellsAsync();
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.Photos = [$"{photo.File}/{photo.Thumbnail}"];
        Assert.True((await ana.Listings.EditAsync(listing, form)).Succeeded);
    }
}
