using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>The questions of listings about their rooms; implemented by the chat, a layer above.</summary>
public interface IEnquiries
{
    /// <summary>Sums up who asked about each listing; listings without any are left out.</summary>
    Task<IReadOnlyDictionary<long, EnquirySum>> CountAsync(IReadOnlyCollection<long> listingIds);

    /// <summary>The open deals of this person as a buyer of these listings.</summary>
    Task<IReadOnlyDictionary<long, ListingDeal>> DealsAsync(IReadOnlyCollection<long> listingIds, long buyerId);

    Task<bool> HasAskedAsync(long listingId, long personId);

    /// <summary>Whether this person has a room about the listing as a buyer, even one without messages.</summary>
    Task<bool> HasRoomAsync(long listingId, long personId);

    /// <summary>Whether anybody has a room about the listing.</summary>
    Task<bool> HasRoomsAsync(long listingId);

    /// <summary>Lists whom this seller can sell the listing to of those who asked, newest first, up to a limit.</summary>
    Task<IReadOnlyList<AskerView>> AskersAsync(long listingId, long sellerId);

    /// <summary>The open deals about this seller's listing, the furthest first, up to a limit.</summary>
    Task<IReadOnlyList<OpenDealView>> OpenDealsAsync(long listingId, long sellerId);

    /// <summary>Estimates how soon this seller answers; null if there are too few answers.</summary>
    Task<AnswerTime?> AnswerTimeAsync(long sellerId);
}

/// <summary>How far a deal about a listing is. The names are parts of text keys.</summary>
public enum ListingDealStage
{
    Offered,
    OnHold,
    Agreed,
    Meeting,
}

/// <param name="Price">In minor units.</param>
/// <param name="MeetAt">UTC, of the agreed meeting.</param>
public sealed record ListingDeal(ListingDealStage Stage, long Price, DateTime? MeetAt);

public interface IDeals
{
    /// <summary>Moves the caller's own listing and posts the messages, atomically; returns the new moves.</summary>
    /// <param name="personId">The buyer; null if it is somebody who has not asked here.</param>
    /// <param name="seenMoves">The number of moves that the seller saw; null checks the present state only.</param>
    Task<Outcome<int>> SettleAsync(long listingId, ListingState state, long? personId = null, int? seenMoves = null);
}

/// <param name="People">How many asked.</param>
/// <param name="BestOffer">Of those that stand, in minor units; null if none does.</param>
public sealed record EnquirySum(int People, long? BestOffer);

public sealed record AskerView(long Id, string Name)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;
}

/// <param name="Name">Of the buyer.</param>
public sealed record OpenDealView(string Name, ListingDeal Deal)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;
}

public enum AnswerTime
{
    WithinHour,
    Hours,
    Day,
    Days,
}
