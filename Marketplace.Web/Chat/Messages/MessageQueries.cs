using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

internal sealed record EvidenceRow(MessageKind Kind, string? Data, MessageEvidence Message)
{
    public IReadOnlyList<Guid>? Pictures => MessageData.Parse(Data)?.Pictures?.Select(picture => picture.File).ToList();
}

/// <summary>Queries with a person filter by that person; those with only a room need an authorised caller.</summary>
internal static class MessageQueries
{
    public static IQueryable<MessageView> Sent(MarketplaceDbContext db, long userId, long roomId, Guid clientId) =>
        Views(
            db,
            from membership in db.Memberships
            where membership.UserId == userId && membership.RoomId == roomId
            join message in db.Messages on membership.RoomId equals message.RoomId
            where message.SenderId == userId && message.ClientId == clientId
            select message
        );

    public static IQueryable<MessageView> At(MarketplaceDbContext db, long roomId, long seq) =>
        Views(db, db.Messages.Where(message => message.RoomId == roomId && message.Seq == seq));

    public static IQueryable<FoundView> Found(MarketplaceDbContext db, long userId, IReadOnlyList<long> ids) =>
        from message in db.Messages
        where ids.Contains(message.Id)
        join membership in db.Memberships on message.RoomId equals membership.RoomId
        where membership.UserId == userId
        join room in db.Rooms on message.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        join other in db.Users on (room.BuyerId == userId ? room.SellerId : room.BuyerId) equals other.Id
        join sender in db.Users on message.SenderId equals sender.Id
        orderby message.Id descending
        select new FoundView(
            message.Id,
            message.RoomId,
            message.Seq,
            listing.Title,
            other.DisplayName,
            message.Kind == MessageKind.Administration || message.Kind == MessageKind.DealBySite ? 0 : message.SenderId,
            message.Kind == MessageKind.Administration || message.Kind == MessageKind.DealBySite
                ? Message.AdministrationName
                : sender.DisplayName,
            message.Body,
            message.SentAt
        );

    /// <summary>In all rooms, for an administrator.</summary>
    public static IQueryable<SupervisedFoundView> FoundAnywhere(MarketplaceDbContext db, IReadOnlyList<long> ids) =>
        from message in db.Messages
        where ids.Contains(message.Id)
        join room in db.Rooms on message.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        join buyer in db.Users on room.BuyerId equals buyer.Id
        join seller in db.Users on room.SellerId equals seller.Id
        join sender in db.Users on message.SenderId equals sender.Id
        orderby message.Id descending
        select new SupervisedFoundView(
            message.Id,
            message.RoomId,
            message.Seq,
            listing.Title,
            buyer.DisplayName,
            seller.DisplayName,
            sender.DisplayName,
            message.Body,
            message.SentAt
        );

    /// <summary>Ascending for <c>After</c> and <c>ChangedAfter</c>, otherwise newest first.</summary>
    public static IQueryable<MessageView> Messages(MarketplaceDbContext db, long roomId, MessageRange window)
    {
        var all = db.Messages.Where(m => m.RoomId == roomId);
        var part = window switch
        {
            { ChangedAfter: { } rev } => Changed(db, all, roomId, rev, window.Limit).OrderBy(m => m.Rev),
            { After: { } seq } => all.Where(m => m.Seq > seq).OrderBy(m => m.Seq),
            { Before: { } seq } => all.Where(m => m.Seq < seq).OrderByDescending(m => m.Seq),
            _ => all.OrderByDescending(m => m.Seq),
        };
        return Views(db, part.Take(window.Limit));
    }

    // Each post raises rev by one, so the posts since then are among the last (Rev - rev) seqs. Messages changed
    // later have an index of their own.
    private static IQueryable<Message> Changed(
        MarketplaceDbContext db,
        IQueryable<Message> all,
        long roomId,
        long rev,
        int limit
    ) =>
        all.Where(m => !m.IsChanged && m.Rev > rev)
            .Where(m => m.Seq > db.Rooms.Where(r => r.Id == roomId).Select(r => r.LastSeq - (r.Rev - rev)).Single())
            .OrderBy(m => m.Seq)
            .Take(limit)
            .Concat(all.Where(m => m.IsChanged && m.Rev > rev).OrderBy(m => m.Rev).Take(limit));

    public static IQueryable<VersionView> Versions(MarketplaceDbContext db, long roomId, IReadOnlyList<long> seqs) =>
        from message in db.Messages
        where message.RoomId == roomId && seqs.Contains(message.Seq)
        join version in db.MessageVersions on message.Id equals version.MessageId
        orderby version.Id
        select new VersionView(message.Seq, version.Body);

    /// <summary>Up to this seq, the newest first.</summary>
    public static IQueryable<EvidenceRow> Evidence(MarketplaceDbContext db, long roomId, long upTo, int limit) =>
        from message in db
            .Messages.Where(m => m.RoomId == roomId && m.Seq <= upTo)
            .OrderByDescending(m => m.Seq)
            .Take(limit)
        join sender in db.Users on message.SenderId equals sender.Id
        orderby message.Seq descending
        select new EvidenceRow(
            message.Kind,
            message.Data,
            new MessageEvidence(
                message.Seq,
                message.SenderId,
                sender.DisplayName,
                message.Body,
                message.SentAt,
                message.EditedAt,
                message.DeletedAt,
                db.MessageVersions.Any(version => version.MessageId == message.Id),
                null
            )
        );

    private static IQueryable<MessageView> Views(MarketplaceDbContext db, IQueryable<Message> messages) =>
        from message in messages.AsNoTracking()
        join answered in db.Messages
            on new { message.RoomId, Seq = message.ReplyTo } equals new { answered.RoomId, Seq = (long?)answered.Seq }
            into found
        from quoted in found.DefaultIfEmpty()
        select MessageView.Of(
            message,
            db.Users.Single(user => user.Id == message.SenderId).DisplayName,
            quoted == null
                ? null
                : QuoteView.Of(quoted, db.Users.Single(user => user.Id == quoted.SenderId).DisplayName)
        );
}
