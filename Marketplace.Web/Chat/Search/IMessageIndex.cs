using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Search;

/// <summary>
/// Finds messages by their words, as <see cref="Shared.Words"/> reads them. The members of a room stand in the index beside the
/// words, so that the person is part of the match: a person's search costs nothing for what others wrote elsewhere.
/// </summary>
public interface IMessageIndex
{
    /// <summary>Adds messages, in the rising order of their ids, within the caller's transaction.</summary>
    Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages);

    /// <summary>Lets a message be found by its present words, within the caller's transaction.</summary>
    Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message);

    /// <summary>
    /// The ids of the newest messages below <paramref name="before"/> that have all these words and this person as a
    /// member when they were written. Whether the person still is one, the caller asks.
    /// </summary>
    /// <param name="words">At least one.</param>
    Task<IReadOnlyList<long>> FindAsync(
        MarketplaceDbContext db,
        long userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    );

    /// <summary>The newest message that is in the index; 0 while it is empty.</summary>
    Task<long> NewestAsync(MarketplaceDbContext db);

    /// <summary>Makes what a migration could not.</summary>
    Task PrepareAsync(MarketplaceDbContext db);

    /// <summary>Forgets every message, within the caller's transaction.</summary>
    Task ClearAsync(MarketplaceDbContext db);
}

/// <summary>What the index takes of a message.</summary>
public sealed record IndexedMessage(long Id, string Body, IReadOnlyList<long> MemberIds)
{
    public static IndexedMessage Of(Message message, RoomMembers inRoom) =>
        new(message.Id, message.Body, [.. inRoom.Members.Select(member => member.UserId)]);
}
