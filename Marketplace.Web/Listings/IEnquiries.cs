namespace Marketplace.Web.Listings;

/// <summary>What listings need to know of the conversations about them; the chat, which stands above, answers.</summary>
public interface IEnquiries
{
    /// <summary>How many people have asked about each of these listings; one that nobody asked about is not in it.</summary>
    Task<IReadOnlyDictionary<long, int>> CountAsync(IReadOnlyCollection<long> listingIds);

    /// <summary>Whether this person has asked about the listing.</summary>
    Task<bool> HasAskedAsync(long listingId, long personId);

    /// <summary>How soon this seller usually answers; null while there are too few answers to say.</summary>
    Task<AnswerTime?> AnswerTimeAsync(long sellerId);
}

/// <summary>How soon somebody usually answers, as coarse as people say it.</summary>
public enum AnswerTime
{
    WithinHour,
    Hours,
    Day,
    Days,
}
