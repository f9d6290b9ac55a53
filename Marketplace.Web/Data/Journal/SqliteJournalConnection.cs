using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>The journal's connection and prepared statements; synchronous, as SQLite is.</summary>
internal sealed class SqliteJournalConnection : IJournalTransaction, IDisposable
{
    private const string Columns =
        "SELECT Id, Seq, Rev, Kind, Body, SentAt, FromBuyer, FromSeller, RoomId, SenderId, ClientId, Data, ReplyTo, EditedAt, "
        + "DeletedAt FROM Messages WHERE ";

    private readonly SqliteConnection connection;
    private readonly List<SqliteStatement> statements = [];
    private readonly SqliteIndexWriter index;
    private readonly SqliteNoticeWriter notices;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement room;
    private readonly SqliteStatement members;
    private readonly SqliteStatement find;
    private readonly SqliteStatement at;
    private readonly SqliteStatement deleted;
    private readonly SqliteStatement add;
    private readonly SqliteStatement change;
    private readonly SqliteStatement keep;
    private readonly SqliteStatement saveRev;
    private readonly SqliteStatement savePreview;
    private readonly SqliteStatement saveRoom;
    private readonly SqliteStatement saveMember;

    private readonly DbContextOptions<SqliteMarketplaceDbContext> options;
    private SqliteMarketplaceDbContext? context;

    public SqliteJournalConnection(DatabaseSettings settings, NoticeSettings noticeSettings)
    {
        // Unpooled: closing must end the open transaction.
        var builder = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        connection = new SqliteConnection(builder.ToString());
        connection.Open();
        SqliteConnections.Prepare(connection);
        options = DatabaseSettings.OptionsOn(connection);
        begin = Make("BEGIN IMMEDIATE");
        commit = Make("COMMIT");
        room = Make(
            "SELECT ListingId, BuyerId, SellerId, LastSeq, Rev, FromBuyer, FromSeller, LastAt, WaitingSince, Restrictions FROM Rooms WHERE Id = ?"
        );
        members = Make(
            "SELECT UserId, Place, OthersCount, ReadSeq, OthersRead, IsMarked, ToldSeq, MutedUntil FROM Memberships WHERE RoomId = ?"
        );
        find = Make(Columns + "RoomId = ? AND SenderId = ? AND ClientId = ?");
        at = Make(Columns + "RoomId = ? AND Seq = ?");
        deleted = Make(
            "SELECT count(*) FROM Messages WHERE RoomId = ? AND IsChanged AND Seq > ? AND DeletedAt IS NOT NULL AND SenderId <> ?"
        );
        add = Make(
            "INSERT INTO Messages (RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller, Data, "
                + "ReplyTo, IsChanged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
        );
        change = Make(
            "UPDATE Messages SET Body = ?, Data = ?, Rev = ?, IsChanged = 1, EditedAt = ?, DeletedAt = ? WHERE Id = ?"
        );
        keep = Make("INSERT INTO MessageVersions (MessageId, Body, Until) VALUES (?, ?, ?)");
        saveRev = Make("UPDATE Rooms SET Rev = ? WHERE Id = ?");
        savePreview = Make("UPDATE Rooms SET LastKind = ?, LastPreview = ? WHERE Id = ? AND LastSeq = ?");
        index = new SqliteIndexWriter(connection);
        notices = new SqliteNoticeWriter(connection, noticeSettings);
        saveRoom = Make(
            "UPDATE Rooms SET LastSeq = ?, Rev = ?, FromBuyer = ?, FromSeller = ?, LastMessageId = ?, LastSenderId = ?, "
                + "LastKind = ?, LastPreview = ?, LastAt = ?, WaitingSince = ?, Snapshot = coalesce(?, Snapshot) WHERE Id = ?"
        );
        saveMember = Make(
            "UPDATE Memberships SET Place = ?, OthersCount = ?, ReadSeq = ?, OthersRead = ?, IsMarked = ?, ToldSeq = ? "
                + "WHERE UserId = ? AND RoomId = ?"
        );
    }

    public SqliteConnection Connection => connection;

    // The statements begin and end the transaction; the context only takes part.
    public MarketplaceDbContext Context =>
        context ??= new(options)
        {
            HoldsWriteGate = true,
            Database = { AutoTransactionBehavior = AutoTransactionBehavior.Never },
        };

    public void Begin() => begin.Run();

    /// <summary>Saves and commits; returns the number of pages written.</summary>
    public async Task<int> CommitAsync()
    {
        if (context is not null)
            await context.SaveChangesAsync();
        commit.Run();
        await CloseContextAsync();
        const int pagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        return raw.sqlite3_db_status(connection.Handle, pagesWritten, out var pages, out _, 1) == raw.SQLITE_OK
            ? pages
            : 0;
    }

    // The transaction holds SQLite's write lock already.
    public Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds)
    {
        var found = new Dictionary<long, RoomMembers>(roomIds.Count);
        foreach (var id in roomIds)
            if (ReadRoom(id) is { } one)
                found.Add(id, new RoomMembers(one, ReadMembers(id)));
        return Task.FromResult<IReadOnlyDictionary<long, RoomMembers>>(found);
    }

    public Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys)
    {
        var found = new List<Message>();
        foreach (var key in keys)
            if (ReadMessage(find.With(key.RoomId).With(key.SenderId).With(key.ClientId)) is { } message)
                found.Add(message);
        return Task.FromResult<IReadOnlyList<Message>>(found);
    }

    public Task<Message?> AtAsync(long roomId, long seq) => Task.FromResult(ReadMessage(at.With(roomId).With(seq)));

    public Task<int> CountDeletedAsync(long roomId, long above, long personId)
    {
        deleted.With(roomId).With(above).With(personId).Next();
        var count = (int)deleted.Number(0);
        deleted.Reset();
        return Task.FromResult(count);
    }

    public Task AddAsync(IReadOnlyList<(Message Message, RoomMembers InRoom)> messages)
    {
        if (messages.Count > 0)
            index.Merge(messages.Count);
        foreach (var (message, inRoom) in messages)
        {
            add.With(message.RoomId).With(message.Seq).With(message.Rev).With(message.SenderId).With(message.ClientId);
            add.With((int)message.Kind).With(message.Body).With(message.SentAt);
            add.With(message.FromBuyer).With(message.FromSeller).With(message.Data).With(message.ReplyTo).Run();
            message.Id = raw.sqlite3_last_insert_rowid(connection.Handle);
            index.Add(IndexedMessage.Of(message, inRoom));
        }
        return Task.CompletedTask;
    }

    public Task NotifyAsync(IReadOnlyList<Notice> told)
    {
        foreach (var notice in told)
            notices.Add(notice);
        return Task.CompletedTask;
    }

    public Task ChangeAsync(Message message, RoomMembers inRoom, MessageVersion? replaced)
    {
        change.With(message.Body).With(message.Data).With(message.Rev).With(message.EditedAt).With(message.DeletedAt);
        change.With(message.Id).Run();
        saveRev.With(inRoom.Room.Rev).With(message.RoomId).Run();
        savePreview
            .With((int)message.Preview)
            .With(Room.Preview(message.Body))
            .With(message.RoomId)
            .With(message.Seq)
            .Run();
        if (replaced is not null)
        {
            keep.With(replaced.MessageId).With(replaced.Body).With(replaced.Until).Run();
            index.Replace(message.Id, replaced.Body, message.Body);
        }
        return Task.CompletedTask;
    }

    public Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members)
    {
        foreach (var one in rooms)
        {
            saveRoom.With(one.LastSeq).With(one.Rev).With(one.FromBuyer).With(one.FromSeller).With(one.LastMessageId);
            saveRoom.With(one.LastSenderId).With((int)one.LastKind).With(one.LastPreview).With(one.LastAt);
            saveRoom.With(one.WaitingSince);
            saveRoom.With(one.Snapshot).With(one.Id).Run();
        }
        foreach (var member in members)
        {
            saveMember.With(member.SortKey).With(member.OthersCount).With(member.ReadSeq).With(member.OthersRead);
            saveMember
                .With(member.IsMarked ? 1 : 0)
                .With(member.SharedReadSeq)
                .With(member.UserId)
                .With(member.RoomId)
                .Run();
        }
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // A live statement would keep the connection and its transaction open.
        statements.ForEach(statement => statement.Dispose());
        index.Dispose();
        notices.Dispose();
        context?.Dispose();
        connection.Dispose();
    }

    private async Task CloseContextAsync()
    {
        if (context is null)
            return;
        await context.DisposeAsync();
        context = null;
    }

    private SqliteStatement Make(string sql)
    {
        var statement = new SqliteStatement(connection, sql);
        statements.Add(statement);
        return statement;
    }

    // Only what the journal reads or changes; the preview is rewritten with each message.
    private Room? ReadRoom(long id)
    {
        if (!room.With(id).Next())
            return null;
        var found = new Room
        {
            Id = id,
            ListingId = room.Number(0),
            BuyerId = room.Number(1),
            SellerId = room.Number(2),
            LastSeq = room.Number(3),
            Rev = room.Number(4),
            FromBuyer = room.Number(5),
            FromSeller = room.Number(6),
            LastAt = room.IsNull(7) ? null : room.Time(7),
            WaitingSince = room.IsNull(8) ? null : room.Time(8),
            Restrictions = (RoomRestrictions)room.Number(9),
        };
        room.Reset();
        return found;
    }

    private List<Membership> ReadMembers(long roomId)
    {
        var found = new List<Membership>(2);
        for (members.With(roomId); members.Next(); )
            found.Add(
                new Membership
                {
                    RoomId = roomId,
                    UserId = members.Number(0),
                    SortKey = members.Number(1),
                    OthersCount = members.Number(2),
                    ReadSeq = members.Number(3),
                    OthersRead = members.Number(4),
                    IsMarked = members.Number(5) == 1,
                    SharedReadSeq = members.Number(6),
                    MutedUntil = members.IsNull(7) ? null : members.Time(7),
                }
            );
        return found;
    }

    private static Message? ReadMessage(SqliteStatement read)
    {
        if (!read.Next())
            return null;
        var found = new Message
        {
            Id = read.Number(0),
            Seq = read.Number(1),
            Rev = read.Number(2),
            Kind = (MessageKind)read.Number(3),
            Body = read.Text(4),
            SentAt = read.Time(5),
            FromBuyer = read.Number(6),
            FromSeller = read.Number(7),
            RoomId = read.Number(8),
            SenderId = read.Number(9),
            ClientId = read.Guid(10),
            Data = read.IsNull(11) ? null : read.Text(11),
            ReplyTo = read.IsNull(12) ? null : read.Number(12),
            EditedAt = read.IsNull(13) ? null : read.Time(13),
            DeletedAt = read.IsNull(14) ? null : read.Time(14),
        };
        read.Reset();
        return found;
    }
}
