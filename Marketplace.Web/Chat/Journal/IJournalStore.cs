using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Chat.Journal;

/// <summary>Each database has statements of its own for what each message pays for.</summary>
public interface IJournalStore
{
    /// <summary>Once: the journal itself repeats what meets a passing fault.</summary>
    Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work);
}

public interface IJournalTransaction
{
    /// <summary>All tables, for rare work. Created on first use and saved before the commit.</summary>
    MarketplaceDbContext Context { get; }

    /// <summary>Reads and locks rooms. Call once, with rising ids, so that processes cannot deadlock.</summary>
    /// <exception cref="RoomsLockedException">Others keep some locked; the transaction ends.</exception>
    Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds);

    Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys);

    /// <summary>Returns the message with this seq; null if it was purged.</summary>
    Task<Message?> AtAsync(long roomId, long seq);

    Task<int> CountDeletedAsync(long roomId, long above, long personId);

    /// <summary>Stores messages, assigns their ids in this order and indexes their words.</summary>
    Task AddAsync(IReadOnlyList<(Message Message, RoomMembers InRoom)> messages);

    Task NotifyAsync(IReadOnlyList<Notice> told);

    /// <param name="replaced">The previous text; null if it did not change.</param>
    Task ChangeAsync(Message message, RoomMembers inRoom, MessageVersion? replaced);

    Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members);
}

public readonly record struct MessageKey(long RoomId, long SenderId, Guid ClientId);
