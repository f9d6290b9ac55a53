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

    /// <summary>
    /// Takes away what these undo, for whom it is not news yet: the last notice of the kind and with such data, if its
    /// person has neither read it nor been told of it by mail or push, and is not being told. <see cref="Tell"/> follows.
    /// </summary>
    /// <returns>Those that are still to be told.</returns>
    public static async Task<IReadOnlyList<Notice>> WithdrawAsync(
        MarketplaceDbContext db,
        IEnumerable<Notice> undoing,
        NoticeKind kind,
        string data
    )
    {
        List<Notice> rest = [];
        foreach (var notice in undoing)
            if (!await WithdrawAsync(db, notice.PersonId, kind, data))
                rest.Add(notice);
        return rest;
    }

    private static async Task<bool> WithdrawAsync(MarketplaceDbContext db, long personId, NoticeKind kind, string data)
    {
        var last = await OutboxQueries.Notices(db, personId, kind, data).FirstOrDefaultAsync();
        return !await OutboxQueries.Telling(db, personId).AnyAsync()
            && await db
                .Notices.Where(notice => notice.Id == last && notice.ReadAt == null)
                .Where(notice => notice.Mail != NoticeOutcome.Sent && notice.Push != NoticeOutcome.Sent)
                .ExecuteDeleteAsync() > 0;
    }

    public void Tell(IReadOnlyCollection<long> people)
    {
        if (people.Count > 0)
            signal.Wake();
        foreach (var person in people)
            broadcaster.Publish(NoticeTopics.Person(person), NoticesChanged.Now);
    }
}
