using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;

namespace Marketplace.Web.Admin.Wall;

/// <summary>For the feed of the walls, which only administrators hear.</summary>
internal static class WallQueries
{
    /// <summary>The riskiest are chosen among these newest, so that the index ends the search.</summary>
    private const int MaxRisky = 200;

    public static IQueryable<RoomRowView> Newest(MarketplaceDbContext db, int limit) =>
        RoomSearchQueries.Rows(
            db,
            db.Rooms.Where(room => room.LastSeq > 0).OrderByDescending(room => room.LastMessageId).Take(limit)
        );

    public static IQueryable<RoomRowView> Riskiest(MarketplaceDbContext db, int limit) =>
        RoomSearchQueries.Rows(
            db,
            db.Rooms.Where(room => room.Risk != null)
                .OrderByDescending(room => room.LastMessageId)
                .Take(MaxRisky)
                .OrderByDescending(room => room.Risk)
                .ThenByDescending(room => room.LastMessageId)
                .Take(limit)
        );

    public static IQueryable<WallMessageRow> Last(MarketplaceDbContext db, IReadOnlyList<long> roomIds, int each) =>
        from room in db.Rooms
        where roomIds.Contains(room.Id)
        join message in db.Messages on room.Id equals message.RoomId
        where message.Seq > room.LastSeq - each
        orderby message.RoomId, message.Seq
        select new WallMessageRow(
            message.RoomId,
            message.Seq,
            message.Rev,
            db.Users.Single(user => user.Id == message.SenderId).DisplayName,
            message.Kind,
            // One more than is shown, so that the cut is seen.
            message.Body.Substring(0, Room.MaxPreviewLength + 1),
            message.DeletedAt,
            message.SentAt
        );
}

internal sealed record WallMessageRow(
    long RoomId,
    long Seq,
    long Rev,
    string Sender,
    Chat.Messages.MessageKind Kind,
    string Body,
    DateTime? DeletedAt,
    DateTime SentAt
)
{
    public WallMessage View() =>
        new(RoomId, Seq, Rev, Sender, Chat.Messages.PreviewKinds.Of(Kind, Body, DeletedAt), Room.Preview(Body), SentAt);
}
