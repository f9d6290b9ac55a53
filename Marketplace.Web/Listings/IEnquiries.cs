using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>What listings need to know of the conversations about them; the chat, which stands above, answers.</summary>
public interface IEnquiries
{
    /// <summary>How many people have asked about each of these listings; one that nobody asked about is not in it.</summary>
    Task<IReadOnlyDictionary<long, int>> CountAsync(IReadOnlyCollection<long> listingIds);

    /// <summary>Whether this person has asked about the listing.</summary>
    Task<bool> HasAskedAsync(long listingId, long personId);

    /// <summary>Whether this person has a conversation about the listing as a buyer, begun or only opened.</summary>
    Task<bool> HasRoomAsync(long listingId, long personId);

    /// <summary>Who asked about a listing of this seller's, the newest first, as many as one chooses from.</summary>
    Task<IReadOnlyList<AskerView>> AskersAsync(long listingId, long sellerId);

    /// <summary>How soon this seller usually answers; null while there are too few answers to say.</summary>
    Task<AnswerTime?> AnswerTimeAsync(long sellerId);
}

/// <summary>What a seller settles about a listing; the chat, which stands above, does it and tells the conversations.</summary>
public interface IDeals
{
    /// <summary>
    /// Moves one's own listing to a state and says so in the rooms that it concerns: both, or neither. It is refused as a
    /// conflict if the listing has moved on meanwhile. The listing's number of moves afterwards, for an undo.
    /// </summary>
    /// <param name="personId">Whom it is reserved for or sold to; null where that is somebody who has not asked here.</param>
    /// <param name="seenMoves">The listing's number of moves when the seller looked; null where nobody looked.</param>
    Task<Outcome<int>> SettleAsync(long listingId, ListingState state, long? personId = null, int? seenMoves = null);
}

/// <summary>Somebody who asked about a listing.</summary>
public sealed record AskerView(long Id, string Name);

/// <summary>How soon somebody usually answers, as coarse as people say it.</summary>
public enum AnswerTime
{
    WithinHour,
    Hours,
    Day,
    Days,
}
