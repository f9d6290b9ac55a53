using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Search;

/// <summary>A full-text index of messages. It stores the member ids with the words, so that the cost of a person's
/// search does not depend on other people's rooms.</summary>
public interface IMessageIndex
{
    /// <summary>Adds messages in ascending order of id, within the caller's transaction.</summary>
    Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages);

    /// <summary>Replaces the words of a message, within the caller's transaction; no trace of the others remains.</summary>
    /// <param name="before">The text that was indexed.</param>
    Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message, string before);

    /// <summary>Removes messages as they were indexed last, within the caller's transaction; no trace of them remains.</summary>
    Task RemoveAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages);

    /// <summary>The newest ids below <paramref name="before"/> that match all words (at least one) and had this person
    /// as a member when written. The caller checks the current membership.</summary>
    /// <param name="userId">Null for an administrator, who searches all.</param>
    Task<IReadOnlyList<long>> FindAsync(
        MarketplaceDbContext db,
        long? userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    );

    Task<long> NewestAsync(MarketplaceDbContext db);

    /// <summary>Messages above this id that it lacks, in no order.</summary>
    IQueryable<Message> Missing(MarketplaceDbContext db, long after);

    /// <summary>Creates the parts of the index that migrations cannot.</summary>
    Task PrepareAsync(MarketplaceDbContext db);

    /// <summary>Removes all messages, within the caller's transaction.</summary>
    Task ClearAsync(MarketplaceDbContext db);
}

public sealed record IndexedMessage(long Id, string Body, IReadOnlyList<long> MemberIds)
{
    public static IndexedMessage Of(Message message, RoomMembers inRoom) =>
        new(message.Id, message.Body, [.. inRoom.Members.Select(member => member.UserId)]);
}
