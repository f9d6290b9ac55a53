using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Evidence;

internal sealed record TranscriptRow(Message Message, string Sender);

internal sealed record TranscriptVersionRow(long Seq, string Body, DateTime Until);

/// <summary>For whoever may export the room.</summary>
internal static class TranscriptQueries
{
    public static IQueryable<TranscriptRow> Messages(
        MarketplaceDbContext db,
        long roomId,
        long after,
        long upTo,
        int limit
    ) =>
        from message in db
            .Messages.AsNoTracking()
            .Where(m => m.RoomId == roomId && m.Seq > after && m.Seq <= upTo)
            .OrderBy(m => m.Seq)
            .Take(limit)
        join sender in db.Users on message.SenderId equals sender.Id
        orderby message.Seq
        select new TranscriptRow(message, sender.DisplayName);

    /// <summary>The oldest first.</summary>
    public static IQueryable<TranscriptVersionRow> Versions(
        MarketplaceDbContext db,
        long roomId,
        long after,
        long upTo
    ) =>
        from message in db.Messages
        where message.RoomId == roomId && message.Seq > after && message.Seq <= upTo
        join version in db.MessageVersions on message.Id equals version.MessageId
        orderby version.Id
        select new TranscriptVersionRow(message.Seq, version.Body, version.Until);

    /// <summary>Who read the room or took it away, the oldest first.</summary>
    public static IQueryable<AuditEntry> Looks(MarketplaceDbContext db, long roomId) =>
        db
            .AuditEntries.AsNoTracking()
            .Where(entry => entry.RoomId == roomId && !entry.IsRefused)
            .Where(entry =>
                entry.Action == AuditAction.RoomOpened
                || entry.Action == AuditAction.MessageFound
                || entry.Action == AuditAction.PictureOpened
                || entry.Action == AuditAction.DeliveryOpened
                || entry.Action == AuditAction.TranscriptExported
            )
            .OrderBy(entry => entry.Id);

    public static IQueryable<RoomHoldView> Hold(MarketplaceDbContext db, long roomId) =>
        from hold in db.RoomHolds
        where hold.RoomId == roomId
        join administrator in db.Users on hold.AdministratorId equals administrator.Id
        select new RoomHoldView(administrator.DisplayName, hold.Since, hold.Reason);
}
