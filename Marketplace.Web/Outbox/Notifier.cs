using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Outbox;

/// <summary>Tells people of what happened outside their rooms.</summary>
public sealed class Notifier(INoticeWriter notices, OutboxSignal signal, Broadcaster broadcaster)
{
    /// <summary>In the transaction of what happened; <see cref="Tell"/> follows its commit.</summary>
    public Task AddAsync(MarketplaceDbContext db, IReadOnlyList<Notice> added) =>
        added.Count == 0 ? Task.CompletedTask : notices.AddAsync(db, added);

    /// <summary>The person knows of it: whatever still waits to tell them does not. <see cref="Tell"/> follows.</summary>
    public static Task<int> ReadAsync(MarketplaceDbContext db, long personId, NoticeKind kind, DateTime now) =>
        db
            .Notices.Where(notice => notice.PersonId == personId && notice.Kind == kind && notice.ReadAt == null)
            .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.ReadAt, now));

    public void Tell(IReadOnlyCollection<long> people)
    {
        if (people.Count > 0)
            signal.Wake();
        foreach (var person in people)
            broadcaster.Publish(NoticeTopics.Person(person), NoticesChanged.Now);
    }
}
