using Marketplace.Tests.Support;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Notifications;

public sealed class NoticeSweepTests
{
    [Fact]
    public async Task The_list_of_notices_goes_back_90_days()
    {
        await using var site = new SmtpApp();
        var ana = await site.App.JoinAsync("Ana");
        await AddAsync(site, ana, count: 2_100);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(site, ana, count: 2);
        site.Clock.Advance(Notice.Kept);
        await using var started = site.Another();
        await started.CreateClient().GetAsync("/health/live");
        await using var db = site.App.Look();
        await Eventually.TrueAsync(async () => await db.Notices.CountAsync() == 2, "those before are gone");
    }

    private static async Task AddAsync(SmtpApp site, Person person, int count)
    {
        var now = site.Clock.GetUtcNow().UtcDateTime;
        await using var db = site.App.Look();
        db.Notices.AddRange(Enumerable.Range(0, count).Select(_ => new Notice { PersonId = person.Id, At = now }));
        await db.SaveChangesAsync();
    }
}
