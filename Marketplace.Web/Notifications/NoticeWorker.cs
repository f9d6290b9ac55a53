using System.Globalization;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>
/// Mails people what they have not read, all of it in one mail. Whether it is worth one is asked when it is due, and
/// what became of each notice is written down.
/// </summary>
public sealed class NoticeWorker(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    Presence presence,
    UnreadMail mails,
    MailSender sender,
    NoticeSettings settings,
    TimeProvider clock
) : IOutboxWorker
{
    /// <summary>The rest follows in the next round.</summary>
    private const int MaxNotices = 500;

    private static readonly TimeSpan AfterOutage = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public string Kind => OutboxEntry.Notices;

    public int AtOnce => 4;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
    {
        var userId = long.Parse(entry.Key, CultureInfo.InvariantCulture);
        await using var db = await database.CreateDbContextAsync(cancellation);
        if (await NoticeQueries.Reader(db, userId).AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } row)
            return null;
        var waiting = await NoticeQueries.Waiting(db, userId).Take(MaxNotices).ToListAsync(cancellation);
        var reader = Reader(userId, row);
        var decided = waiting.ToLookup(notice => Decide(notice, reader));
        foreach (var outcome in decided.Where(group => group.Key is not NoticeOutcome.Waiting))
            await WriteAsync(outcome.Key, outcome);
        var unread = decided[NoticeOutcome.Waiting].ToList();
        TimeSpan? rest = waiting.Count < MaxNotices ? null : TimeSpan.Zero;
        if (unread.Count == 0)
            return rest;
        var due = Max(unread[0].At + settings.MailAfter, NoticeRules.NextMail(reader));
        if (QuietHours.Of(row.Preference, row.TimeZone).EndOf(Max(due, Now)) is { } end)
            due = end;
        return due > Now ? due - Now : await MailAsync(userId, row, unread) ?? rest;
    }

    private NoticeReader Reader(long userId, NoticeReaderRow row) =>
        new(
            row.IsSuspended,
            row.IsClosed,
            row.Preference.OffMail,
            row is { Email: not null, HasBounced: false },
            presence.CameAt(userId, row.SeenAt),
            row.Preference.MailedAt,
            row.Preference.MailsInVain
        );

    private NoticeOutcome Decide(WaitingNotice notice, NoticeReader reader) =>
        NoticeRules.Decide(notice, reader, Now) switch
        {
            NoticeOutcome.Waiting when !sender.IsConfigured => NoticeOutcome.NoChannel,
            NoticeOutcome.Waiting when Now - notice.At > Patience => NoticeOutcome.GivenUp,
            var outcome => outcome,
        };

    private async Task<TimeSpan?> MailAsync(long userId, NoticeReaderRow row, IReadOnlyList<WaitingNotice> unread)
    {
        var mail = await mails.WriteAsync(userId, row, unread);
        // The same id for the same news: what was sent just before a kill is the same mail to its mailbox.
        switch (await sender.SendAsync(mail, $"unread-{userId}-{unread[^1].Id}"))
        {
            case MailOutcome.Sent:
                await SentAsync(userId, unread);
                return null;
            case MailOutcome.Refused:
                await BouncedAsync(userId, unread);
                return null;
            default:
                return AfterOutage;
        }
    }

    private Task<int> SentAsync(long userId, IReadOnlyList<WaitingNotice> unread) =>
        transactions.InTransactionAsync(async db =>
        {
            var preference = await db.NotificationPreferences.FindOrAddAsync(userId);
            var seen = await db.LastSeen.AnyAsync(one => one.UserId == userId && one.At > preference.MailedAt);
            (preference.MailedAt, preference.MailsInVain) = (Now, seen ? 1 : preference.MailsInVain + 1);
            return await WriteAsync(db, NoticeOutcome.Sent, unread);
        });

    private Task<int> BouncedAsync(long userId, IReadOnlyList<WaitingNotice> unread) =>
        transactions.InTransactionAsync(async db =>
        {
            var now = Now;
            await db
                .Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(user => user.SetProperty(u => u.BouncedAt, now));
            return await WriteAsync(db, NoticeOutcome.Bounced, unread);
        });

    private Task<int> WriteAsync(NoticeOutcome outcome, IEnumerable<WaitingNotice> notices) =>
        transactions.InTransactionAsync(db => WriteAsync(db, outcome, notices));

    private Task<int> WriteAsync(MarketplaceDbContext db, NoticeOutcome outcome, IEnumerable<WaitingNotice> notices)
    {
        var (ids, now) = (notices.Select(notice => notice.Id).ToArray(), Now);
        return db
            .Notices.Where(notice => ids.Contains(notice.Id))
            .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.Mail, outcome).SetProperty(n => n.MailAt, now));
    }

    private static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;
}
