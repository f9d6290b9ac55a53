using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat;

/// <summary>A conversation in a person's archive; its messages are in a file of their own.</summary>
internal sealed record ArchivedRoom(
    long Id,
    long ListingId,
    string Listing,
    string With,
    bool IsSeller,
    DateTime CreatedAt,
    string? Draft
)
{
    public string With
    {
        get => PersonName.Of(field);
    } = With;
}

internal sealed record ArchivedMessage(
    long Seq,
    DateTime SentAt,
    long SenderId,
    MessageKind Kind,
    string Body,
    DateTime? EditedAt,
    DateTime? DeletedAt,
    [property: JsonIgnore] string? Data
)
{
    private readonly MessageData? data = MessageData.Parse(Data);

    /// <summary>Null also while the administration hides it: nobody deleted it then.</summary>
    public DateTime? DeletedAt
    {
        get => Hidden is null ? field : null;
    } = DeletedAt;

    /// <summary>The rule for which the administration hides the message.</summary>
    public HouseRule? Hidden => data?.Hidden;

    /// <summary>The rule for which the administration hides a part of the text.</summary>
    public HouseRule? Masked => data?.Masked;

    public IEnumerable<Guid>? Pictures => data?.Pictures?.Select(picture => picture.File);
}

internal static class ChatDataQueries
{
    public static IQueryable<ArchivedRoom> Rooms(MarketplaceDbContext db, long userId) =>
        from membership in db.Memberships
        where membership.UserId == userId
        join room in db.Rooms on membership.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        let other = room.BuyerId == userId ? room.SellerId : room.BuyerId
        orderby room.Id
        select new ArchivedRoom(
            room.Id,
            listing.Id,
            listing.Title,
            db.Users.Single(user => user.Id == other).DisplayName,
            room.SellerId == userId,
            room.CreatedAt,
            membership.Draft
        );

    /// <summary>The caller must be a member.</summary>
    public static IQueryable<ArchivedMessage> Messages(MarketplaceDbContext db, long roomId, long after) =>
        from message in db.Messages
        where message.RoomId == roomId && message.Seq > after
        orderby message.Seq
        select new ArchivedMessage(
            message.Seq,
            message.SentAt,
            message.Kind == MessageKind.Administration || message.Kind == MessageKind.DealBySite ? 0 : message.SenderId,
            message.Kind,
            message.Body,
            message.EditedAt,
            message.DeletedAt,
            message.Data
        );

    public static IQueryable<object> QuickReplies(MarketplaceDbContext db, long userId) =>
        from reply in db.QuickReplies
        where reply.UserId == userId
        orderby reply.Shortcut
        select new { reply.Shortcut, reply.Text };

    /// <summary>The seqs of the person's own texts, in order.</summary>
    public static IQueryable<long> Texts(MarketplaceDbContext db, long userId, long roomId, long after) =>
        from message in db.Messages
        where message.RoomId == roomId && message.Seq > after
        where message.SenderId == userId && message.Kind == MessageKind.Text && message.DeletedAt == null
        orderby message.Seq
        select message.Seq;

    public static IQueryable<MessageVersion> Versions(MarketplaceDbContext db, long userId, long roomId) =>
        db.MessageVersions.Where(version =>
            db.Messages.Where(message => message.RoomId == roomId && message.SenderId == userId)
                .Select(message => message.Id)
                .Contains(version.MessageId)
        );
}
