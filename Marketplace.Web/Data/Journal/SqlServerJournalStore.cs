using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Journal;

/// <summary>Reads and rare writes are Entity Framework's; what each message pays for is one statement a table and batch.</summary>
internal sealed class SqlServerJournalStore(WriteTransactions transactions, IMessageIndex index, NoticeSettings notices)
    : IJournalStore
{
    public Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work) =>
        transactions.OnceAsync(db => work(new Transaction(db, index, notices)));

    private sealed class Transaction(MarketplaceDbContext db, IMessageIndex index, NoticeSettings settings)
        : IJournalTransaction
    {
        private readonly HashSet<Membership> marked = [];
        private readonly List<MessageWords> words = [];
        private readonly List<Notice> notices = [];

        public MarketplaceDbContext Context => db;

        public async Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds)
        {
            var locked = await SqlServerStatements.Locked(db, roomIds).ToListAsync();
            if (locked.Count > 0)
                throw new RoomsLockedException(locked);
            var rooms = await SqlServerStatements.Rooms(db, roomIds).ToListAsync();
            marked.UnionWith(rooms.SelectMany(inRoom => inRoom.Members).Where(member => member.IsMarked));
            return rooms.ToDictionary(inRoom => inRoom.Room.Id);
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
            if (messages.Count == 0)
                return;
            var ids = await SqlServerStatements.Added(db, [.. messages.Select(entry => entry.Message)]).ToListAsync();
            var stored = ids.ToDictionary(one => (one.RoomId, one.Seq), one => one.Id);
            foreach (var (message, _) in messages)
                message.Id = stored[(message.RoomId, message.Seq)];
            words.AddRange(messages.Select(entry => MessageWords.Of(IndexedMessage.Of(entry.Message, entry.InRoom))));
        }

        public Task NotifyAsync(IReadOnlyList<Notice> told)
        {
            notices.AddRange(told);
            return Task.CompletedTask;
        }

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
            await SaveAsync([inRoom.Room], []);
            if (replaced is null)
                return;
            db.MessageVersions.Add(replaced);
            await index.ReplaceAsync(db, IndexedMessage.Of(message, inRoom), replaced.Body);
        }

        // The mark alone is set by others who do not lock the room: it is taken away only where it was seen.
        public async Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members)
        {
            if (rooms.Count + members.Count == 0)
                return;
            bool IsCleared(Membership member) => marked.Contains(member) && !member.IsMarked;
            await SqlServerStatements.SaveAsync(db, rooms, members, IsCleared, words, notices, settings);
            foreach (
                var (id, snapshot) in rooms.Where(room => room.Snapshot is not null).Select(r => (r.Id, r.Snapshot))
            )
                await db
                    .Rooms.Where(room => room.Id == id)
                    .ExecuteUpdateAsync(room => room.SetProperty(r => r.Snapshot, snapshot));
            words.Clear();
            notices.Clear();
        }
    }
}
