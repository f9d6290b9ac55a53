using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Chat.Retention;

internal static class RetentionQueries
{
    /// <summary>Rooms under no legal hold, and of which no report waits for a decision.</summary>
    public static IQueryable<Room> Free(MarketplaceDbContext db) =>
        RoomQueries
            .Purgeable(db)
            .Where(room =>
                !db.Reports.Any(report => report.RoomId == room.Id && report.State == ReportState.Open)
                && !db.Reports.Any(report => report.RoomId == room.Id && report.State == ReportState.Objected)
            );

    /// <summary>The next rooms by id whose oldest message is of before this time.</summary>
    public static IQueryable<long> Rooms(MarketplaceDbContext db, DateTime before, long after, int limit) =>
        Free(db)
            .Where(room => room.Id > after)
            .Where(room =>
                db.Messages.Any(message =>
                    message.RoomId == room.Id && message.Seq == room.FirstSeq && message.SentAt < before
                )
            )
            .OrderBy(room => room.Id)
            .Select(room => room.Id)
            .Take(limit);

    /// <summary>The next rooms by id with pictures of messages of before this time.</summary>
    public static IQueryable<long> PictureRooms(MarketplaceDbContext db, DateTime before, long after, int limit) =>
        Free(db)
            .Where(room => room.Id > after)
            .Where(room =>
                db.Files.Any(file =>
                    (file.State == FileState.Private || file.State == FileState.Hidden)
                    && file.CreatedAt < before
                    && file.Scope == room.Id
                )
            )
            .OrderBy(room => room.Id)
            .Select(room => room.Id)
            .Take(limit);

    /// <summary>The oldest of a room, of before this time.</summary>
    public static IQueryable<Message> Messages(MarketplaceDbContext db, long roomId, DateTime before, int limit) =>
        db
            .Messages.Where(message => message.RoomId == roomId && message.SentAt < before)
            .OrderBy(message => message.Seq)
            .Take(limit);

    /// <summary>The oldest with pictures that somebody sees.</summary>
    public static IQueryable<Message> WithPictures(MarketplaceDbContext db, long roomId, DateTime before, int limit) =>
        db
            .Messages.Where(message => message.RoomId == roomId && message.SentAt < before)
            .Where(message => message.Data != null && message.Data.Contains(MessageData.PicturesMark))
            .OrderBy(message => message.Seq)
            .Take(limit);

    /// <summary>Of messages that the administration hides with their pictures.</summary>
    public static IQueryable<MessageVersion> Hidden(MarketplaceDbContext db, long roomId, DateTime before, int limit) =>
        (
            from message in db.Messages
            where message.RoomId == roomId && message.SentAt < before
            join version in db.MessageVersions on message.Id equals version.MessageId
            where version.Data != null && version.Data.Contains(MessageData.PicturesMark)
            orderby version.Id
            select version
        ).Take(limit);
}
