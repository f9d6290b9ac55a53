using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>A notice and what became of it. Times are UTC.</summary>
public sealed record NoticeView(
    NoticeKind Kind,
    long RoomId,
    long Seq,
    string From,
    string Listing,
    DateTime At,
    NoticeOutcome Mail,
    DateTime? MailAt
)
{
    public string From
    {
        get => PersonName.Of(field);
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
        var last = await NoticeQueries.Last(db, me.Id, Shown).ToListAsync();
        return new(row.Preference is not { NoMail: true }, sender.IsConfigured, row.HasBounced, last);
    }

    public async Task SaveAsync(bool wantsMail)
    {
        if (await currentUser.FindAsync() is { } me)
            await StopMails.SetAsync(transactions, me.Id, wantsMail);
    }
}
