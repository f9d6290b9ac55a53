using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications;

/// <param name="CanMail">Whether the site can send mails at all.</param>
/// <param name="HasBounced">Whether the address rejected the last one.</param>
/// <param name="IsQuiet">Whether the person's quiet hours hold now.</param>
public sealed record NotificationsView(NotificationForm Settings, bool CanMail, bool HasBounced, bool IsQuiet);

/// <summary>How the current person is told of things.</summary>
public sealed class NotificationService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    MailSender sender,
    Broadcaster broadcaster,
    TimeProvider clock,
    IStringLocalizer<NotificationTexts> texts
)
{
    private static readonly string[] Languages = ["es", "en"];

    public async Task<NotificationsView?> FindAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var row = await NoticeQueries.Reader(db, me.Id).AsNoTracking().SingleAsync();
        var quiet = QuietHours.Of(row.Preference, row.TimeZone).EndOf(clock.GetUtcNow().UtcDateTime);
        return new(NotificationForm.Of(row.Preference), sender.IsConfigured, row.HasBounced, quiet is not null);
    }

    /// <summary>Replaces all settings. Null on success.</summary>
    public async Task<Refusal?> SaveAsync(NotificationForm form)
    {
        if (await currentUser.FindAsync() is not { } me)
            return new(RefusalKind.NotFound, texts["Settings.SignIn"]);
        if (!form.IsWhole)
            return new(RefusalKind.Invalid, texts["Quiet.Wrong"]);
        if (form.Language is { Length: > 0 } language && !Languages.Contains(language))
            return new(RefusalKind.Invalid, texts["Settings.WrongLanguage"]);
        await transactions.InTransactionAsync(async db =>
        {
            var saved = await db.NotificationPreferences.FindOrAddAsync(me.Id);
            var before = QuietHours.Of(saved, null);
            form.Write(saved);
            return QuietHours.Of(saved, null) == before ? 0 : await AskAgainAsync(db, OutboxEntry.KeyOf(me.Id));
        });
        broadcaster.Publish(NoticeTopics.Person(me.Id), NoticesChanged.Now);
        return null;
    }

    // What waits for the end of hours that are no longer quiet is looked at now; the workers say when it is due.
    private Task<int> AskAgainAsync(MarketplaceDbContext db, string person)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db
            .Outbox.Where(entry =>
                (entry.Kind == OutboxEntry.Notices && entry.Key == person)
                || (entry.Kind == OutboxEntry.Push && entry.Data == person)
            )
            .Where(entry => entry.DueAt > now && entry.LeaseId == null)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.DueAt, now));
    }
}
