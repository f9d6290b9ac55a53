using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Journal;

/// <summary>What the journals write themselves, for notices of others.</summary>
internal sealed class EfNoticeWriter(NoticeSettings settings) : INoticeWriter
{
    public async Task AddAsync(MarketplaceDbContext db, IReadOnlyList<Notice> notices)
    {
        var people = notices.Select(notice => notice.PersonId).ToHashSet();
        var devices = await db
            .PushDevices.Where(device => people.Contains(device.PersonId))
            .Select(device => new { device.PersonId, device.Id })
            .ToListAsync();
        var reached = devices.Select(device => device.PersonId).ToHashSet();
        foreach (var notice in notices)
            notice.Push = reached.Contains(notice.PersonId) ? NoticeOutcome.Waiting : NoticeOutcome.NoDevice;
        db.Notices.AddRange(notices);
        var at = notices.Max(notice => notice.At);
        await WakeAsync(db, OutboxEntry.Notices, people.Select(id => (id, (long?)null)), at + settings.MailAfter);
        await HastenAsync(db, people, at + settings.MailAfter);
        var owned = devices.Select(device => (device.Id, (long?)device.PersonId));
        await WakeAsync(db, OutboxEntry.Push, owned, at + NoticeSettings.PushAfter);
        await db.SaveChangesAsync();
    }

    private static Task<int> HastenAsync(MarketplaceDbContext db, IEnumerable<long> people, DateTime dueAt)
    {
        var keys = people.Select(OutboxEntry.KeyOf).ToList();
        return db
            .Outbox.Where(entry => entry.Kind == OutboxEntry.Notices && keys.Contains(entry.Key) && entry.DueAt > dueAt)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.DueAt, dueAt));
    }

    private static async Task WakeAsync(
        MarketplaceDbContext db,
        string kind,
        IEnumerable<(long Id, long? Owner)> ids,
        DateTime dueAt
    )
    {
        var owners = ids.ToDictionary(one => OutboxEntry.KeyOf(one.Id), one => one.Owner);
        var keys = owners.Keys.ToList();
        var waiting = db.Outbox.Where(entry => entry.Kind == kind && keys.Contains(entry.Key));
        var known = await waiting.Select(entry => entry.Key).ToListAsync();
        await waiting.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Touched, e => e.Touched + 1));
        foreach (var key in keys.Except(known))
            db.Outbox.Add(
                new()
                {
                    Kind = kind,
                    Key = key,
                    Data = owners[key] is { } owner ? OutboxEntry.KeyOf(owner) : null,
                    DueAt = dueAt,
                }
            );
    }
}
