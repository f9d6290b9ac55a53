namespace Marketplace.Web.Listings;

/// <summary>What is known of a person from their sales; implemented by the chat, a layer above.</summary>
public interface IRatings
{
    Task<StandingView> StandingAsync(long personId);

    /// <summary>The last ratings that show, the newest first.</summary>
    Task<IReadOnlyList<RatingView>> LastAsync(long personId);
}

/// <summary>Facts about a person's sales.</summary>
/// <param name="Deals">How many deals the person closed, on either side.</param>
/// <param name="Stars">Of all ratings together.</param>
public sealed record StandingView(int Deals, int Ratings, int Stars);

/// <param name="IsBySeller">Whether it was the seller who rates.</param>
/// <param name="At">UTC.</param>
public sealed record RatingView(int Stars, string? Line, bool IsBySeller, DateTime At);
