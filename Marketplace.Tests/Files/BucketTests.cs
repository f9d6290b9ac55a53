using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Files;

/// <summary>A site of two nodes whose files lie in a bucket.</summary>
public sealed class BucketTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private BucketServer bucket = default!;
    private MarketplaceApp app = default!;
    private MarketplaceApp other = default!;
    private Person ana = default!;
    private HttpClient hers = default!;

    public async Task InitializeAsync()
    {
        if (new NodeFactAttribute(BucketServer.Packages).Skip is not null)
            return;
        bucket = await BucketServer.StartNewAsync();
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = Node(null);
        ana = await app.JoinAsync("Ana");
        hers = await SiteClient.SignedInAsync(app, ana);
        other = Node(app.Folder);
    }

    public async Task DisposeAsync()
    {
        if (bucket is null)
            return;
        hers.Dispose();
        await other.DisposeAsync();
        await app.DisposeAsync();
        await bucket.DisposeAsync();
    }

    [NodeFact(BucketServer.Packages)]
    public async Task What_one_node_takes_another_serves_and_no_node_keeps_a_file()
    {
        var (file, thumbnail) = await UploadAsync();
        Assert.Equal(2, bucket.Names.Count);
        Assert.False(Directory.Exists(app.Services.GetRequiredService<FileSettings>().Folder));
        using var there = await SiteClient.SignedInAsync(other, ana);
        foreach (var name in new[] { file, thumbnail })
            Assert.Equal(
                await hers.GetByteArrayAsync($"/files/{name}"),
                await there.GetByteArrayAsync($"/files/{name}")
            );
        using var stranger = SiteClient.Visitor(other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/files/{file}")).StatusCode);
    }

    [NodeFact(BucketServer.Packages)]
    public async Task What_nobody_claims_and_what_has_no_record_goes_after_a_day()
    {
        await UploadAsync();
        var contents = app.Services.GetRequiredService<IFileContents>();
        await contents.WriteAsync(new(Guid.NewGuid()), file => file.WriteAsync(Pictures.Png).AsTask(), default);
        var store = app.Services.GetRequiredService<FileStore>();
        Assert.Equal(0, await store.RemoveStraysAsync(CancellationToken.None));
        clock.Advance(FileStore.PendingLife + TimeSpan.FromMinutes(1));
        // The hourly sweep of this site may be first with what nobody claims, but looks for strays at its start alone.
        await store.RemoveStraysAsync(CancellationToken.None);
        await store.SweepAsync(app.Services.GetRequiredService<IKeptFiles>(), CancellationToken.None);
        await Eventually.TrueAsync(() => bucket.Names.Count == 0, "all is swept");
    }

    [NodeFact(BucketServer.Packages)]
    public async Task An_archive_is_prepared_by_one_node_and_sent_in_parts_by_another()
    {
        await UploadAsync();
        await hers.SubmitAsync("/account/manage/data", new() { ["_handler"] = "archive" });
        ArchiveRequest? ready = null;
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = app.Look();
                ready = await db.ArchiveRequests.SingleOrDefaultAsync(one => one.State == ArchiveState.Ready);
                return ready is not null;
            },
            "the archive is ready"
        );
        Assert.Contains($"archives/{ready!.File:N}", bucket.Names);
        var link = $"/account/manage/data/archive/{ready.File}";
        using var there = await SiteClient.SignedInAsync(other, ana);
        var whole = await there.GetByteArrayAsync(link);
        Assert.Equal(ready.Size, whole.Length);
        using var rest = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new(100, null) } };
        var answer = await there.SendAsync(rest);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[100..], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            new ContentRangeHeaderValue(100, whole.Length - 1, whole.Length),
            answer.Content.Headers.ContentRange
        );
    }

    [NodeFact(BucketServer.Packages)]
    public async Task While_the_bucket_is_away_a_picture_gets_a_sentence_and_the_site_goes_on()
    {
        var (file, _) = await UploadAsync();
        await bucket.StopAsync();
        var (status, answer) = await hers.UploadAsync(Pictures.Png);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Ahora mismo no podemos guardar", answer);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await hers.GetAsync($"/files/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync("/health/ready")).StatusCode);
        await bucket.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync($"/files/{file}")).StatusCode);
        await UploadAsync();
    }

    private MarketplaceApp Node(DirectoryInfo? folder)
    {
        var node = new MarketplaceApp
        {
            Folder = folder ?? Directory.CreateTempSubdirectory("marketplace-test-"),
            KeepsFolder = folder is not null,
            Beside = services => services.AddSingleton<TimeProvider>(clock),
        };
        foreach (var (key, value) in bucket.Settings)
            node.Settings[key] = value!;
        return node;
    }

    private async Task<(Guid File, Guid Thumbnail)> UploadAsync()
    {
        var (status, answer) = await hers.UploadAsync(Pictures.Png);
        Assert.Equal(HttpStatusCode.OK, status);
        var made = JsonDocument.Parse(answer).RootElement;
        return (made.GetProperty("file").GetGuid(), made.GetProperty("thumbnail").GetGuid());
    }
}
