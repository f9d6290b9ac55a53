using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>How a person wants to be told of things, on which devices, and what they were told of.</summary>
internal sealed class NotificationData(IDbContextFactory<MarketplaceDbContext> database, WriteTransactions transactions)
    : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await archive.WriteAsync(
            "notification-settings.json",
            await Preferences(db, userId).SingleOrDefaultAsync(cancellation)
        );
        await archive.WriteAsync("notification-devices.json", await Devices(db, userId).ToListAsync(cancellation));
        await archive.WriteAsync("notifications.json", Notices(db, userId).AsAsyncEnumerable());
    }

    public Task EraseAsync(long userId, CancellationToken cancellation) =>
        transactions.InTransactionAsync(db => EraseAsync(db, userId), cancellation);

    private static async Task<int> EraseAsync(MarketplaceDbContext db, long userId)
    {
        await Waiting(db, OutboxEntry.KeyOf(userId)).ExecuteDeleteAsync();
        await db.PushDevices.Where(device => device.PersonId == userId).ExecuteDeleteAsync();
        await db.NotificationPreferences.Where(preference => preference.UserId == userId).ExecuteDeleteAsync();
        return await db.Notices.Where(notice => notice.PersonId == userId).ExecuteDeleteAsync();
    }

    // Those of devices too, whose person they hold.
    private static IQueryable<OutboxEntry> Waiting(MarketplaceDbContext db, string person) =>
        db.Outbox.Where(entry =>
            (entry.Kind == OutboxEntry.Notices && entry.Key == person)
            || (entry.Kind == OutboxEntry.Push && entry.Data == person)
        );

    private static IQueryable<object> Preferences(MarketplaceDbContext db, long userId) =>
        from preference in db.NotificationPreferences
        where preference.UserId == userId
        select new
        {
            preference.OffHere,
            preference.OffPush,
            preference.OffMail,
            preference.ShowsWords,
            preference.PlaysSound,
            preference.QuietDays,
            preference.QuietFrom,
            preference.QuietTo,
            preference.Culture,
            preference.MailedAt,
        };

    // The endpoint and the keys send to the device: they stay here.
    private static IQueryable<object> Devices(MarketplaceDbContext db, long userId) =>
        from device in db.PushDevices
        where device.PersonId == userId
        orderby device.Id
        select new
        {
            device.Name,
            device.AddedAt,
            device.ConfirmedAt,
            device.AcceptedAt,
        };

    private static IQueryable<object> Notices(MarketplaceDbContext db, long userId) =>
        from notice in db.Notices
        where notice.PersonId == userId
        orderby notice.Id
        select new
        {
            notice.Kind,
            notice.RoomId,
            notice.ListingId,
            notice.Seq,
            notice.At,
            notice.ShownAt,
            notice.ReadAt,
            notice.Mail,
            notice.MailAt,
            notice.Push,
            notice.PushAt,
        };
}
