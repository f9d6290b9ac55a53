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
        transactions.InTransactionAsync(db => work(new Transaction(db, index, notices)));

    private sealed class Transaction(MarketplaceDbContext db, IMessageIndex index, INoticeWriter notices)
        : IJournalTransaction
    {
        public MarketplaceDbContext Context => db;

        public async Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds)
        {
            // A no-op update takes the row locks.
            await db
                .Rooms.Where(room => roomIds.Contains(room.Id))
                .ExecuteUpdateAsync(room => room.SetProperty(r => r.LastSeq, r => r.LastSeq));
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
