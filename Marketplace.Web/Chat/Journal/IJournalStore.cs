using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;

namespace Marketplace.Web.Chat.Journal;

/// <summary>
/// Where the message journal writes: one transaction at a time, in one of two ways. SQLite is written by prepared
/// commands on a connection that stays open, as the cost of a message is the product's price; any other database by
/// Entity Framework, which sends a batch in one round trip.
/// </summary>
public interface IJournalStore
{
    /// <summary>Runs <paramref name="work"/> in a transaction and commits; nothing is written if it throws.</summary>
    Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work);
}

/// <summary>What the journal may do within a transaction.</summary>
public interface IJournalTransaction
{
    /// <summary>
    /// All tables within this transaction, for what goes with messages but is rare: pictures, listings. Made when it is first
    /// asked for, saved before the commit, gone with the transaction.
    /// </summary>
    MarketplaceDbContext Context { get; }

    /// <summary>
    /// Reads rooms and who sits in them, and keeps every other writer off them until the end. Asked once, with the ids in
    /// rising order, so that two processes that write to the same rooms can't wait for each other.
    /// </summary>
    Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds);

    /// <summary>Those messages that are stored already, of the rooms that are locked.</summary>
    Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys);

    /// <summary>The message at a place of a room; null if it was purged.</summary>
    Task<Message?> AtAsync(long roomId, long seq);

    /// <summary>How many messages above a place of a room, written by somebody else, are deleted.</summary>
    Task<int> CountDeletedAsync(long roomId, long above, long personId);

    /// <summary>Stores new messages, gives them their ids in this order, and lets their members find them by words.</summary>
    Task AddAsync(IReadOnlyList<(Message Message, RoomMembers InRoom)> messages);

    /// <summary>Stores what changed of a message and its room's rev and preview; its words are found as they are now.</summary>
    /// <param name="replaced">The text it had before; null if that is the same.</param>
    Task ChangeAsync(Message message, RoomMembers inRoom, MessageVersion? replaced);

    /// <summary>Stores what changed of the rooms that received a message, and of memberships.</summary>
    Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members);
}

/// <summary>Names one message before it has a place.</summary>
public readonly record struct MessageKey(long RoomId, long SenderId, Guid ClientId);
