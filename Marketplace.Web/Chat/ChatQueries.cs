using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// Every read of rooms, memberships and messages. Each answers with one statement; those that start from a person carry
/// the person in their WHERE, and those that take only a room are for a caller that has been authorised for it.
/// </summary>
internal static class ChatQueries
{
    public static IQueryable<RoomParties> Parties(MarketplaceDbContext db, long userId, long roomId) =>
        from membership in db.Memberships
        where membership.UserId == userId && membership.RoomId == roomId
        join room in db.Rooms on membership.RoomId equals room.Id
        select new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId);

    /// <summary>What the person sent under this client id.</summary>
    public static IQueryable<MessageView> Sent(MarketplaceDbContext db, long userId, long roomId, Guid clientId) =>
        Views(
            db,
            from membership in db.Memberships
            where membership.UserId == userId && membership.RoomId == roomId
            join message in db.Messages on membership.RoomId equals message.RoomId
            where message.SenderId == userId && message.ClientId == clientId
            select message
        );

    public static IQueryable<ContactView> Contact(MarketplaceDbContext db, long listingId, long buyerId) =>
        db
            .Rooms.Where(room => room.ListingId == listingId && room.BuyerId == buyerId)
            .Select(room => new ContactView(room.Id, room.ListingId, room.BuyerId, room.SellerId, false));

    public static IQueryable<RoomView> Room(MarketplaceDbContext db, long userId, long roomId) =>
        from membership in db.Memberships
        where membership.UserId == userId && membership.RoomId == roomId
        from view in Supervised(db, roomId)
        select view;

    /// <summary>Any room, for a caller who may supervise.</summary>
    public static IQueryable<RoomView> Supervised(MarketplaceDbContext db, long roomId) =>
        from room in db.Rooms
        where room.Id == roomId
        join listing in db.Listings on room.ListingId equals listing.Id
        join buyer in db.Users on room.BuyerId equals buyer.Id
        join seller in db.Users on room.SellerId equals seller.Id
        join buys in db.Memberships
            on new { RoomId = room.Id, UserId = buyer.Id } equals new { buys.RoomId, buys.UserId }
        join sells in db.Memberships
            on new { RoomId = room.Id, UserId = seller.Id } equals new { sells.RoomId, sells.UserId }
        select new RoomView(
            room.Id,
            listing.Id,
            new MemberView(
                buyer.Id,
                buyer.DisplayName,
                buys.ReadSeq,
                buys.SharedReadSeq,
                buys.Unread,
                buyer.HidesReceipts,
                buyer.HidesPresence,
                db.LastSeen.Where(seen => seen.UserId == buyer.Id).Select(seen => (DateTime?)seen.At).FirstOrDefault()
            ),
            new MemberView(
                seller.Id,
                seller.DisplayName,
                sells.ReadSeq,
                sells.SharedReadSeq,
                sells.Unread,
                seller.HidesReceipts,
                seller.HidesPresence,
                db.LastSeen.Where(seen => seen.UserId == seller.Id).Select(seen => (DateTime?)seen.At).FirstOrDefault()
            ),
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.State,
            listing.ReservedForId,
            listing.Moves,
            listing.Cover,
            room.CreatedAt,
            room.FirstSeq,
            room.LastSeq,
            room.Rev,
            SeenListing.Of(room.Snapshot)
        );

    /// <summary>Any room's parties, for a caller who may supervise.</summary>
    public static IQueryable<RoomParties> SupervisedParties(MarketplaceDbContext db, long roomId) =>
        db
            .Rooms.Where(room => room.Id == roomId)
            .Select(room => new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId));

    /// <summary>Those of these messages that stand in rooms of the person, newest first.</summary>
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
            message.SenderId,
            sender.DisplayName,
            message.Body,
            message.SentAt
        );

    /// <summary>Part of a room's history; the newest part comes newest first, the others in their order.</summary>
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

    // Each message since then raised the room's rev by one, so that no more of them than revs are looked at. Those that
    // changed later have an index of their own.
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

    /// <summary>What messages said before, the oldest first, for a caller who may supervise.</summary>
    public static IQueryable<VersionView> Versions(MarketplaceDbContext db, long roomId, IReadOnlyList<long> seqs) =>
        from message in db.Messages
        where message.RoomId == roomId && seqs.Contains(message.Seq)
        join version in db.MessageVersions on message.Id equals version.MessageId
        orderby version.Id
        select new VersionView(message.Seq, version.Body);

    /// <summary>What the buyer saw when the talk began.</summary>
    public static IQueryable<ListingSnapshot?> Seen(MarketplaceDbContext db, long roomId) =>
        db.Rooms.Where(room => room.Id == roomId).Select(room => ListingSnapshot.Of(room.Snapshot));

    /// <summary>What a buyer sees of a listing now.</summary>
    public static IQueryable<ListingSnapshot> Snapshot(MarketplaceDbContext db, long listingId) =>
        from listing in db.Listings
        where listing.Id == listingId
        select new ListingSnapshot(
            listing.Title,
            listing.Description,
            listing.Price,
            listing.Currency,
            listing.Photos.OrderBy(photo => photo.Position).Select(photo => photo.File).ToList()
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
