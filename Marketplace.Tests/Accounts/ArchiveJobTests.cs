using System.Net;
using System.Net.Http.Headers;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>How a person's archive is prepared, kept and removed.</summary>
public sealed class ArchiveJobTests : LeavingTests
{
    private string Folder => Path.Combine(Site.App.Folder.FullName, "files", "archives");

    private ArchiveQueue Queue => Site.App.Services.GetRequiredService<ArchiveQueue>();

    [Fact]
    public async Task A_person_asks_is_told_and_downloads_as_that_person_alone()
    {
        using var browser = await SignInAsync(Bruno);
        Assert.Equal($"{Data}?saved=true", (await AskAsync(browser)).LeadsTo());
        var link = await ReadyAsync(browser);
        Assert.Equal([(NoticeKind.ArchiveReady, false)], await ToldAsync(Bruno));
        using var admin = await SignInAsync(await Site.App.JoinAsync("Carla", administrator: true));
        using var ana = await SignInAsync(Ana);
        using var program = await Bruno.ClientAsync();
        foreach (var other in new[] { ana, admin, program })
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).StatusCode);
        var answer = await browser.GetAsync(link);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal([(NoticeKind.ArchiveReady, true)], await ToldAsync(Bruno));

        using var rest = new HttpRequestMessage(HttpMethod.Get, link);
        rest.Headers.Range = new RangeHeaderValue(100, null);
        Assert.Equal(HttpStatusCode.PartialContent, (await browser.SendAsync(rest)).StatusCode);
        Site.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = (await browser.GetAsync(link)).LeadsTo();
        Assert.Equal($"/account/manage/proof?ReturnUrl={Uri.EscapeDataString(Data)}", late);
    }

    [Fact]
    public async Task Who_is_away_gets_a_mail_in_their_language()
    {
        await HearAsync(Bruno);
        await using (var db = await DatabaseAsync())
            await db.NotificationPreferences.ExecuteUpdateAsync(one =>
                one.SetProperty(p => p.QuietDays, Web.Notifications.WeekDays.None)
            );
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await WaitAsync(Bruno);
        await Eventually.TrueAsync(async () => (await ToldAsync(Bruno)).Count > 0, "it is ready");
        await Site.PassAsync(TimeSpan.FromMinutes(11));
        await Eventually.TrueAsync(() => Site.Mails(Bruno.Email).Any(IsAbout), "a mail tells of it");

        static bool IsAbout(MimeKit.MimeMessage mail) =>
            mail.TextBody!.Contains("Your data archive is ready to download")
            && mail.TextBody.Contains($"https://tienda.example{Data}");
    }

    [Fact]
    public async Task Asking_again_shows_the_one_of_today_and_a_later_one_takes_its_place()
    {
        using var browser = await SignInAsync(Bruno);
        await AskAsync(browser);
        var first = await ReadyAsync(browser);
        await AskAsync(browser);
        Assert.Equal(first, await ReadyAsync(browser));
        Site.Clock.Advance(TimeSpan.FromDays(1));
        using var again = await SignInAsync(Bruno);
        await AskAsync(again);
        Assert.NotEqual(first, await ReadyAsync(again));
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync(first)).StatusCode);
        await Archives.SweepAsync();
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task After_a_week_nothing_is_left_of_it()
    {
        await AskAsync(await SignInAsync(Bruno));
        await ReadyAsync(await SignInAsync(Bruno));
        Site.Clock.Advance(TimeSpan.FromDays(7));
        using var browser = await SignInAsync(Bruno);
        Assert.DoesNotContain("/data/archive/", await browser.GetStringAsync(Data));
        await Archives.SweepAsync();
        Assert.Empty(Directory.GetFiles(Folder));
        await using var db = await DatabaseAsync();
        Assert.False(await db.ArchiveRequests.AnyAsync());
    }

    [Fact]
    public async Task What_a_killed_process_left_is_begun_again()
    {
        var half = Guid.NewGuid();
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{half:N}"), "PK");
        var now = Site.Clock.GetUtcNow().UtcDateTime;
        await WaitAsync(Bruno, ArchiveState.Preparing, half, now.AddSeconds(30));
        using var browser = await SignInAsync(Bruno);
        await Archives.PrepareAsync();
        Assert.Contains("Preparando tu archivo", WebUtility.HtmlDecode(await browser.GetStringAsync(Data)));
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain($"{half}", await ReadyAsync(browser));
        await Archives.SweepAsync();
        Assert.False(File.Exists(Path.Combine(Folder, $"{half:N}")));
    }

    [Fact]
    public async Task What_ends_its_process_again_and_again_is_given_up()
    {
        var old = Site.Clock.GetUtcNow().UtcDateTime.AddMinutes(-5);
        await WaitAsync(Bruno, ArchiveState.Preparing, Guid.NewGuid(), old, attempts: 3);
        await Eventually.TrueAsync(async () => (await ToldAsync(Bruno)).Count > 0, "it is given up");
        Assert.Equal([(NoticeKind.ArchiveFailed, false)], await ToldAsync(Bruno));
    }

    [Fact]
    public async Task Each_request_is_taken_by_one_process()
    {
        await using var other = Site.Another();
        var queues = new[] { Queue, other.Services.GetRequiredService<ArchiveQueue>() };
        foreach (var person in new[] { Ana, Bruno })
            await WaitAsync(person);
        await Task.WhenAll(queues.Select(queue => Task.Run(() => queue.ClaimAsync(default))));
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = await DatabaseAsync();
                return await db.ArchiveRequests.AllAsync(one => one.State != ArchiveState.Queued);
            },
            "both are taken"
        );
        await using var look = await DatabaseAsync();
        Assert.All(await look.ArchiveRequests.ToListAsync(), one => Assert.Equal(1, one.Attempts));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_page_says_so_and_one_asks_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        await File.WriteAllTextAsync(Folder, "in the way");
        using var browser = await SignInAsync(Bruno);
        await AskAsync(browser);
        await Eventually.TrueAsync(async () => (await ToldAsync(Bruno)).Count > 0, "it has failed");
        Assert.Contains("No hemos podido", WebUtility.HtmlDecode(await browser.GetStringAsync(Data)));
        File.Delete(Folder);
        await AskAsync(browser);
        await ReadyAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_lost_can_be_asked_for_again_at_once()
    {
        using var browser = await SignInAsync(Bruno);
        await AskAsync(browser);
        var link = await ReadyAsync(browser);
        Directory.Delete(Folder, recursive: true);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(link)).StatusCode);
        Assert.Contains("No hemos podido", WebUtility.HtmlDecode(await browser.GetStringAsync(Data)));
        await AskAsync(browser);
        Assert.NotEqual(link, await ReadyAsync(browser));
    }

    [Fact]
    public async Task Whoever_closes_the_account_leaves_no_archive_nor_one_that_is_being_prepared()
    {
        using var browser = await SignInAsync(Bruno);
        await AskAsync(browser);
        await ReadyAsync(browser);
        await CloseAsync(browser);
        await Archives.SweepAsync();
        Assert.Empty(Directory.GetFiles(Folder));

        var now = Site.Clock.GetUtcNow().UtcDateTime;
        var running = await WaitAsync(Ana, ArchiveState.Preparing, Guid.NewGuid(), now.AddMinutes(1));
        Assert.True(await Queue.KeepAsync(running, 5, default));
        await CloseAsync(await SignInAsync(Ana));
        Assert.False(await Queue.KeepAsync(running, 10, default));
        Assert.False(await Queue.EndAsync(running, ArchiveState.Ready, 1));
    }

    private async Task<ArchiveRequest> WaitAsync(
        Person person,
        ArchiveState state = ArchiveState.Queued,
        Guid? name = null,
        DateTime? leasedUntil = null,
        int attempts = 0
    )
    {
        var now = Site.Clock.GetUtcNow().UtcDateTime;
        var request = new ArchiveRequest
        {
            UserId = person.Id,
            State = state,
            AskedAt = now,
            File = name,
            LeasedUntil = leasedUntil,
            Attempts = attempts,
            EndsAt = now.AddDays(7),
        };
        await using var db = await DatabaseAsync();
        db.ArchiveRequests.Add(request);
        await db.SaveChangesAsync();
        return request;
    }

    private async Task<List<(NoticeKind Kind, bool IsRead)>> ToldAsync(Person person)
    {
        await using var db = await DatabaseAsync();
        var notices = await db
            .Notices.Where(one => one.PersonId == person.Id && one.Kind >= NoticeKind.ArchiveReady)
            .ToListAsync();
        return [.. notices.Select(one => (one.Kind, one.ReadAt is not null))];
    }
}
