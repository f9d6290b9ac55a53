using Marketplace.Web.Chat;
using Marketplace.Web.Data.Search;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>The journal's store on SQLite: prepared commands on one connection that stays open.</summary>
internal sealed class SqliteJournalStore(DatabaseSettings settings, WriteGate gate) : IJournalStore, IDisposable
{
    private SqliteJournalConnection? open;

    public async Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work)
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        var connection = open ??= new SqliteJournalConnection(settings.ConnectionString);
        try
        {
            connection.Begin();
            var result = await work(connection);
            connection.Commit();
            return result;
        }
        catch
        {
            // Whatever state it is in, closing takes back what was not committed; the next transaction opens anew.
            open = null;
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => open?.Dispose();
}

/// <summary>One connection with the commands of the journal. Everything here is synchronous, as SQLite is.</summary>
internal sealed class SqliteJournalConnection : IJournalTransaction, IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement room;
    private readonly SqliteStatement members;
    private readonly SqliteStatement find;
    private readonly SqliteStatement at;
    private readonly SqliteStatement add;
    private readonly SqliteStatement index;
    private readonly SqliteStatement saveRoom;
    private readonly SqliteStatement saveMember;

    public SqliteJournalConnection(string connectionString)
    {
        // Not from the pool: what it closes must be closed, with the transaction that was open.
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString()
        );
        connection.Open();
        SqliteConnections.Prepare(connection);
        const string message =
            "SELECT Id, Seq, Rev, Kind, Body, SentAt, FromBuyer, FromSeller, RoomId, SenderId, ClientId FROM Messages WHERE ";
        begin = Make("BEGIN IMMEDIATE");
        commit = Make("COMMIT");
        room = Make(
            "SELECT ListingId, BuyerId, SellerId, LastSeq, Rev, FromBuyer, FromSeller, LastAt FROM Rooms WHERE Id = $a"
        );
        members = Make("SELECT UserId, Place, OthersCount, ReadSeq, OthersRead FROM Memberships WHERE RoomId = $a");
        find = Make(message + "RoomId = $a AND SenderId = $b AND ClientId = $c");
        at = Make(message + "RoomId = $a AND Seq = $b");
        add = Make(
            "INSERT INTO Messages (RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller) "
                + "VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j)"
        );
        index = Make(SqliteMessageIndex.Insert);
        saveRoom = Make(
            "UPDATE Rooms SET LastSeq = $b, Rev = $c, FromBuyer = $d, FromSeller = $e, LastMessageId = $f, "
                + "LastSenderId = $g, LastPreview = $h, LastAt = $i, Snapshot = coalesce($j, Snapshot) WHERE Id = $a"
        );
        saveMember = Make(
            "UPDATE Memberships SET Place = $c, OthersCount = $d, ReadSeq = $e, OthersRead = $f "
                + "WHERE UserId = $a AND RoomId = $b"
        );
    }

    public void Begin() => begin.Run();

    public void Commit() => commit.Run();

    // SQLite's transaction is the lock: it began as the one writer.
    public Task<IReadOnlyDictionary<long, RoomSeats>> LockAsync(IReadOnlyList<long> roomIds)
    {
        var found = new Dictionary<long, RoomSeats>(roomIds.Count);
        foreach (var id in roomIds)
            if (room.First(read => ReadRoom(id, read), id) is { } one)
                found.Add(id, new RoomSeats(one, members.All(read => ReadMember(id, read), id)));
        return Task.FromResult<IReadOnlyDictionary<long, RoomSeats>>(found);
    }

    public Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys)
    {
        var found = new List<Message>();
        foreach (var key in keys)
            if (find.First(ReadMessage, key.RoomId, key.SenderId, key.ClientId) is { } message)
                found.Add(message);
        return Task.FromResult<IReadOnlyList<Message>>(found);
    }

    public Task<Message?> AtAsync(long roomId, long seq) => Task.FromResult(at.First(ReadMessage, roomId, seq));

    public Task AddAsync(IReadOnlyList<(Message Message, RoomSeats Seats)> messages)
    {
        foreach (var (m, seats) in messages)
        {
            add.Run(
                m.RoomId,
                m.Seq,
                m.Rev,
                m.SenderId,
                m.ClientId,
                (int)m.Kind,
                m.Body,
                m.SentAt,
                m.FromBuyer,
                m.FromSeller
            );
            m.Id = raw.sqlite3_last_insert_rowid(connection.Handle);
            index.Run(m.Id, SqliteMessageIndex.Tokens(IndexedMessage.Of(m, seats)));
        }
        return Task.CompletedTask;
    }

    public Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members)
    {
        foreach (var r in rooms)
            saveRoom.Run(
                r.Id,
                r.LastSeq,
                r.Rev,
                r.FromBuyer,
                r.FromSeller,
                r.LastMessageId,
                r.LastSenderId,
                r.LastPreview,
                r.LastAt,
                r.Snapshot
            );
        foreach (var m in members)
            saveMember.Run(m.UserId, m.RoomId, m.Place, m.OthersCount, m.ReadSeq, m.OthersRead);
        return Task.CompletedTask;
    }

    public void Dispose() => connection.Dispose();

    private SqliteStatement Make(string sql) => new(connection, sql);

    // Only what the journal reads or changes; LastPreview and its like are written anew with each message.
    private static Room ReadRoom(long id, SqliteDataReader read) =>
        new()
        {
            Id = id,
            ListingId = read.GetInt64(0),
            BuyerId = read.GetInt64(1),
            SellerId = read.GetInt64(2),
            LastSeq = read.GetInt64(3),
            Rev = read.GetInt64(4),
            FromBuyer = read.GetInt64(5),
            FromSeller = read.GetInt64(6),
            LastAt = read.IsDBNull(7) ? null : Utc(read.GetDateTime(7)),
        };

    private static Membership ReadMember(long roomId, SqliteDataReader read) =>
        new()
        {
            RoomId = roomId,
            UserId = read.GetInt64(0),
            Place = read.GetInt64(1),
            OthersCount = read.GetInt64(2),
            ReadSeq = read.GetInt64(3),
            OthersRead = read.GetInt64(4),
        };

    private static Message ReadMessage(SqliteDataReader read) =>
        new()
        {
            Id = read.GetInt64(0),
            Seq = read.GetInt64(1),
            Rev = read.GetInt64(2),
            Kind = (MessageKind)read.GetInt32(3),
            Body = read.GetString(4),
            SentAt = Utc(read.GetDateTime(5)),
            FromBuyer = read.GetInt64(6),
            FromSeller = read.GetInt64(7),
            RoomId = read.GetInt64(8),
            SenderId = read.GetInt64(9),
            ClientId = read.GetGuid(10),
        };

    private static DateTime Utc(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
