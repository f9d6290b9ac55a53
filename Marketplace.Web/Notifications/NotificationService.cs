using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>A notice and what became of it. Times are UTC.</summary>
/// <param name="RoomId">Null if it did not happen in a room; then nobody is named.</param>
public sealed record NoticeView(
    long Id,
    NoticeKind Kind,
    long? RoomId,
    long? ListingId,
    long Seq,
    string? From,
    string? Listing,
    string? Data,
    DateTime At,
    bool IsRead,
    DateTime? ShownAt,
    NoticeOutcome Mail,
    DateTime? MailAt,
    NoticeOutcome Push,
    DateTime? PushAt
)
{
    public string? From
    {
        get => field is null ? null : PersonName.Of(field);
    } = From;
}

/// <param name="CanMail">Whether the site can send mails at all.</param>
/// <param name="HasBounced">Whether the address rejected the last one.</param>
public sealed record NotificationsView(bool WantsMail, bool CanMail, bool HasBounced, IReadOnlyList<NoticeView> Last);

/// <summary>How the current person is told of things away from the site.</summary>
public sealed class NotificationService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    MailSender sender
)
{
    private const int Shown = 20;

    public async Task<NotificationsView?> FindAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var row = await NoticeQueries.Reader(db, me.Id).AsNoTracking().SingleAsync();
        var last = await NoticeQueries.Last(db, me.Id, long.MaxValue, Shown).ToListAsync();
        return new(!row.Preference.OffMail.HasFlag(NoticeSubjects.Messages), sender.IsConfigured, row.HasBounced, last);
    }

    public async Task SaveAsync(bool wantsMail)
    {
        if (await currentUser.FindAsync() is { } me)
            await transactions.InTransactionAsync(async db =>
                (await db.NotificationPreferences.FindOrAddAsync(me.Id)).OffMail = wantsMail
                    ? NoticeSubjects.Favourites
                    : NoticeSubjects.All
            );
    }
}
