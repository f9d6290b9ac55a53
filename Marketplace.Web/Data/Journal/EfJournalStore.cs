using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Journal;

internal sealed class EfJournalStore(WriteTransactions transactions, IMessageIndex index, INoticeWriter notices)
    : IJournalStore
{
    public Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work) =>
        transactions.OnceAsync(db => work(new Transaction(db, index, notices)));

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

    /// <summary>Locks the rooms and answers those that others keep locked.</summary>
    internal static IQueryable<long> Locked(MarketplaceDbContext db, IReadOnlyList<long> roomIds) =>
        db.Database.SqlQueryRaw<long>(LockInOrder, $"[{string.Join(',', roomIds)}]");

    private sealed class Transaction(MarketplaceDbContext db, IMessageIndex index, INoticeWriter notices)
        : IJournalTransaction
    {
        public MarketplaceDbContext Context => db;

        public async Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds)
        {
            var locked = await Locked(db, roomIds).ToListAsync();
            if (locked.Count > 0)
                throw new RoomsLockedException(locked);
            var rooms = await db.Rooms.Where(room => roomIds.Contains(room.Id)).ToListAsync();
            var members = await db.Memberships.Where(member => roomIds.Contains(member.RoomId)).ToListAsync();
            var byRoom = members.ToLookup(member => member.RoomId);
            return rooms.ToDictionary(room => room.Id, room => new RoomMembers(room, [.. byRoom[room.Id]]));
        }

        public async Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys)
        {
            var rooms = keys.Select(key => key.RoomId).Distinct().ToArray();
            var clientIds = keys.Select(key => key.ClientId).Distinct().ToArray();
            return await db
                .Messages.AsNoTracking()
                .Where(message => rooms.Contains(message.RoomId) && clientIds.Contains(message.ClientId))
                .ToListAsync();
        }

        public Task<Message?> AtAsync(long roomId, long seq) =>
            db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.RoomId == roomId && m.Seq == seq);

        public Task<int> CountDeletedAsync(long roomId, long above, long personId) =>
            db.Messages.CountAsync(m =>
                m.RoomId == roomId && m.IsChanged && m.Seq > above && m.DeletedAt != null && m.SenderId != personId
            );

        public async Task AddAsync(IReadOnlyList<(Message Message, RoomMembers InRoom)> messages)
        {
            db.Messages.AddRange(messages.Select(entry => entry.Message));
            await db.SaveChangesAsync();
            await index.AddAsync(db, [.. messages.Select(entry => IndexedMessage.Of(entry.Message, entry.InRoom))]);
        }

        public Task NotifyAsync(IReadOnlyList<Notice> told) => notices.AddAsync(db, told);

        public async Task ChangeAsync(Message message, RoomMembers inRoom, MessageVersion? replaced)
        {
            await db
                .Messages.Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(m =>
                    m.SetProperty(x => x.Body, message.Body)
                        .SetProperty(x => x.Data, message.Data)
                        .SetProperty(x => x.Rev, message.Rev)
                        .SetProperty(x => x.IsChanged, message.IsChanged)
                        .SetProperty(x => x.EditedAt, message.EditedAt)
                        .SetProperty(x => x.DeletedAt, message.DeletedAt)
                );
            if (replaced is null)
                return;
            db.MessageVersions.Add(replaced);
            await index.ReplaceAsync(db, IndexedMessage.Of(message, inRoom), replaced.Body);
        }

        // Tracked since they were read; saved before the commit.
        public Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members) =>
            Task.CompletedTask;
    }
}
