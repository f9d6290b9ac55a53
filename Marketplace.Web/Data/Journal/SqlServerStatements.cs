using System.Text.Encodings.Web;
using System.Text.Json;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Journal;

/// <summary>
/// The journal's statements for a whole batch, whose rows are one parameter of JSON. Hints keep the server to seeking row
/// by row in the order of the batch: a plan that scans waits for rows that other nodes have locked.
/// </summary>
internal static class SqlServerStatements
{
    // In lower case: a server that folds names would look for such properties.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    // One after the other with rising ids, whatever plan the server likes: updates that change nothing take the locks, and
    // none of the gaps, so that a room which is not there holds up no new one. Whose locks do not come in a quarter of a
    // second are the answer; the rest then waits no longer. The time-out ends with the batch.
    private const string LockInOrder = """
        SET LOCK_TIMEOUT 250;
        DECLARE @ids TABLE (Id bigint PRIMARY KEY);
        DECLARE @locked TABLE (Id bigint);
        INSERT @ids SELECT DISTINCT CAST([value] AS bigint) FROM OPENJSON({0});
        DECLARE @id bigint = (SELECT MIN(Id) FROM @ids);
        WHILE @id IS NOT NULL
        BEGIN
            BEGIN TRY
                UPDATE Rooms WITH (ROWLOCK, UPDLOCK) SET LastSeq = LastSeq WHERE Id = @id;
            END TRY
            BEGIN CATCH
                IF ERROR_NUMBER() <> 1222
                BEGIN
                    THROW;
                END;
                INSERT @locked VALUES (@id);
                SET LOCK_TIMEOUT 0;
            END CATCH;
            SET @id = (SELECT MIN(Id) FROM @ids WHERE Id > @id);
        END;
        SELECT Id AS [Value] FROM @locked ORDER BY Id;
        """;

    // The order of the rows is the order of their ids.
    private const string Add = """
        INSERT Messages (RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller, Data, ReplyTo,
            IsChanged)
        SELECT room_id, seq, rev, sender_id, client_id, kind, body, sent_at, from_buyer, from_seller, data, reply_to, 0
        FROM OPENJSON({0}) WITH (place int, room_id bigint, seq bigint, rev bigint, sender_id bigint,
            client_id uniqueidentifier, kind int, body nvarchar(4000), sent_at datetime2, from_buyer bigint,
            from_seller bigint, data nvarchar(max), reply_to bigint)
        ORDER BY place
        OPTION (LOOP JOIN);
        SELECT message.RoomId, message.Seq, message.Id FROM OPENJSON({0}) WITH (room_id bigint, seq bigint) new
        INNER LOOP JOIN Messages message WITH (FORCESEEK) ON message.RoomId = new.room_id AND message.Seq = new.seq;
        """;

    private const string Save = """
        UPDATE room SET LastSeq = new.last_seq, Rev = new.rev, FromBuyer = new.from_buyer, FromSeller = new.from_seller,
            LastMessageId = new.last_message_id, LastSenderId = new.last_sender_id, LastKind = new.last_kind,
            LastPreview = new.last_preview, LastAt = new.last_at, WaitingSince = new.waiting_since
        FROM OPENJSON({0}) WITH (id bigint, last_seq bigint, rev bigint, from_buyer bigint, from_seller bigint,
            last_message_id bigint, last_sender_id bigint, last_kind int, last_preview nvarchar(160), last_at datetime2,
            waiting_since datetime2) new
        INNER LOOP JOIN Rooms room WITH (FORCESEEK, ROWLOCK) ON room.Id = new.id;
        UPDATE member SET Place = new.place, OthersCount = new.others_count, ReadSeq = new.read_seq,
            OthersRead = new.others_read, ToldSeq = new.told_seq,
            IsMarked = CASE WHEN new.is_cleared = 1 THEN 0 ELSE member.IsMarked END
        FROM OPENJSON({1}) WITH (user_id bigint, room_id bigint, place bigint, others_count bigint, read_seq bigint,
            others_read bigint, told_seq bigint, is_cleared bit) new
        INNER LOOP JOIN Memberships member WITH (FORCESEEK, ROWLOCK)
            ON member.UserId = new.user_id AND member.RoomId = new.room_id;

        """;

    private const string Index = """
        INSERT MessageWords (MessageId, Words)
        SELECT message_id, words FROM OPENJSON({2}) WITH (message_id bigint, words nvarchar(max))
        OPTION (LOOP JOIN);

        """;

    // An entry of the outbox that is there is always touched: its worker may be reading what it stands for. Keys, and gaps
    // where there is none, are held from the first statement on, or another node's would come between the two.
    private const string Notify = """
        INSERT Notices (PersonId, Kind, RoomId, ListingId, Seq, Data, At, Mail, Push)
        SELECT person_id, kind, room_id, listing_id, seq, data, at, {5},
            CASE WHEN EXISTS (SELECT 1 FROM PushDevices device WHERE device.PersonId = new.person_id) THEN {5} ELSE {6} END
        FROM OPENJSON({3}) WITH (place int, person_id bigint, kind int, room_id bigint, listing_id bigint, seq bigint,
            data nvarchar(1000), at datetime2) new
        ORDER BY place;
        DECLARE @woken TABLE (Kind nvarchar(20) COLLATE Latin1_General_BIN2, [Key] nvarchar(80) COLLATE Latin1_General_BIN2,
            Data nvarchar(80), DueAt datetime2, PRIMARY KEY (Kind, [Key]));
        INSERT @woken SELECT {7}, CAST([value] AS nvarchar(80)), NULL, {8} FROM OPENJSON({4});
        INSERT @woken SELECT {9}, CAST(device.Id AS nvarchar(80)), CAST(device.PersonId AS nvarchar(80)), {10}
        FROM PushDevices device WHERE device.PersonId IN (SELECT CAST([value] AS bigint) FROM OPENJSON({4}));
        UPDATE entry SET Touched = entry.Touched + 1,
            DueAt = CASE WHEN entry.Kind = {7} AND entry.DueAt > woken.DueAt THEN woken.DueAt ELSE entry.DueAt END
        FROM @woken woken
        INNER LOOP JOIN Outbox entry WITH (FORCESEEK, ROWLOCK, UPDLOCK, SERIALIZABLE)
            ON entry.Kind = woken.Kind AND entry.[Key] = woken.[Key];
        INSERT Outbox (Kind, [Key], Data, DueAt, Attempts, Touched)
        SELECT Kind, [Key], Data, DueAt, 0, 0 FROM @woken woken
        WHERE NOT EXISTS (SELECT 1 FROM Outbox entry WITH (FORCESEEK, UPDLOCK, SERIALIZABLE)
            WHERE entry.Kind = woken.Kind AND entry.[Key] = woken.[Key]);
        """;

    private const string SaveAndIndex = Save + Index;
    private const string SaveIndexAndNotify = SaveAndIndex + Notify;

    public static IEnumerable<string> All => [LockInOrder, Add, SaveIndexAndNotify];

    /// <summary>Locks the rooms and answers those that others keep locked.</summary>
    public static IQueryable<long> Locked(MarketplaceDbContext db, IReadOnlyList<long> roomIds) =>
        db.Database.SqlQueryRaw<long>(LockInOrder, JsonSerializer.Serialize(roomIds));

    /// <summary>What the journal reads or changes of rooms; not the snapshot, which is long.</summary>
    public static IQueryable<RoomMembers> Rooms(MarketplaceDbContext db, IReadOnlyList<long> roomIds) =>
        from room in db.Rooms.AsNoTracking()
        where roomIds.Contains(room.Id)
        select new RoomMembers(
            new Room
            {
                Id = room.Id,
                ListingId = room.ListingId,
                BuyerId = room.BuyerId,
                SellerId = room.SellerId,
                LastSeq = room.LastSeq,
                Rev = room.Rev,
                FromBuyer = room.FromBuyer,
                FromSeller = room.FromSeller,
                LastMessageId = room.LastMessageId,
                LastSenderId = room.LastSenderId,
                LastKind = room.LastKind,
                LastPreview = room.LastPreview,
                LastAt = room.LastAt,
                WaitingSince = room.WaitingSince,
                Restrictions = room.Restrictions,
            },
            (
                from member in db.Memberships
                where member.RoomId == room.Id
                select new Membership
                {
                    RoomId = member.RoomId,
                    UserId = member.UserId,
                    SortKey = member.SortKey,
                    OthersCount = member.OthersCount,
                    ReadSeq = member.ReadSeq,
                    OthersRead = member.OthersRead,
                    SharedReadSeq = member.SharedReadSeq,
                    IsMarked = member.IsMarked,
                    MutedUntil = member.MutedUntil,
                }
            ).ToList()
        );

    /// <summary>Adds the messages, and answers their ids in no order.</summary>
    public static IQueryable<StoredMessage> Added(MarketplaceDbContext db, IReadOnlyList<Message> messages) =>
        db.Database.SqlQueryRaw<StoredMessage>(Add, Rows(messages.Select(Row)));

    /// <summary>All that a batch changes, in one round trip.</summary>
    /// <param name="isCleared">Whether the mark of a membership is taken away.</param>
    /// <param name="notices">Written as <see cref="EfNoticeWriter"/> does.</param>
    public static Task SaveAsync(
        MarketplaceDbContext db,
        IEnumerable<Room> rooms,
        IEnumerable<Membership> members,
        Predicate<Membership> isCleared,
        IReadOnlyList<MessageWords> words,
        IReadOnlyList<Notice> notices,
        NoticeSettings settings
    )
    {
        var at = notices.Select(notice => notice.At).DefaultIfEmpty().Max();
        return db.Database.ExecuteSqlRawAsync(
            words.Count == 0 ? Save
                : notices.Count == 0 ? SaveAndIndex
                : SaveIndexAndNotify,
            Rows(rooms.OrderBy(room => room.Id).Select(Row)),
            Rows(members.OrderBy(member => member.UserId).Select(member => Row(member, isCleared(member)))),
            Rows(words),
            Rows(notices.Select(Row)),
            Rows(notices.Select(notice => notice.PersonId).Distinct()),
            (int)NoticeOutcome.Waiting,
            (int)NoticeOutcome.NoDevice,
            OutboxEntry.Notices,
            at + settings.MailAfter,
            OutboxEntry.Push,
            at + NoticeSettings.PushAfter
        );
    }

    internal static object Row(Message message, int place) =>
        new
        {
            Place = place,
            message.RoomId,
            message.Seq,
            message.Rev,
            message.SenderId,
            message.ClientId,
            message.Kind,
            message.Body,
            SentAt = Time(message.SentAt),
            message.FromBuyer,
            message.FromSeller,
            message.Data,
            message.ReplyTo,
        };

    internal static object Row(Room room) =>
        new
        {
            room.Id,
            room.LastSeq,
            room.Rev,
            room.FromBuyer,
            room.FromSeller,
            room.LastMessageId,
            room.LastSenderId,
            room.LastKind,
            room.LastPreview,
            LastAt = Time(room.LastAt),
            WaitingSince = Time(room.WaitingSince),
        };

    internal static object Row(Membership member, bool isCleared) =>
        new
        {
            member.UserId,
            member.RoomId,
            Place = member.SortKey,
            member.OthersCount,
            member.ReadSeq,
            member.OthersRead,
            ToldSeq = member.SharedReadSeq,
            IsCleared = isCleared,
        };

    internal static object Row(Notice notice, int place) =>
        new
        {
            Place = place,
            notice.PersonId,
            notice.Kind,
            notice.RoomId,
            notice.ListingId,
            notice.Seq,
            notice.Data,
            At = Time(notice.At),
        };

    internal static string Rows<T>(IEnumerable<T> rows) => JsonSerializer.Serialize(rows, Plain);

    // Stored without an offset, as Entity Framework stores times.
    private static DateTime? Time(DateTime? utc) =>
        utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Unspecified) : null;
}

internal sealed record StoredMessage(long RoomId, long Seq, long Id);
