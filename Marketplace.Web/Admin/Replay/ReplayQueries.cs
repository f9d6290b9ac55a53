using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;

namespace Marketplace.Web.Admin.Replay;

/// <summary>The caller must be an administrator who opened the room.</summary>
internal static class ReplayQueries
{
    /// <summary>The oldest first.</summary>
    public static IQueryable<ReplayVersion> Versions(MarketplaceDbContext db, long roomId, IReadOnlyList<long> seqs) =>
        from message in db.Messages
        where message.RoomId == roomId && seqs.Contains(message.Seq)
        join version in db.MessageVersions on message.Id equals version.MessageId
        orderby version.Id
        select new ReplayVersion(message.Seq, version.Body, version.Until, version.IsModerated);

    /// <summary>The last line of the site up to this seq and above another.</summary>
    public static IQueryable<MessageKind> LastLine(MarketplaceDbContext db, long roomId, long upTo, long above) =>
        db
            .Messages.Where(m => m.RoomId == roomId && m.Seq <= upTo && m.Seq > above && m.Kind != MessageKind.Text)
            .OrderByDescending(m => m.Seq)
            .Select(m => m.Kind);
}
