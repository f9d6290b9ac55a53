namespace Marketplace.Web.Listings;

/// <summary>How worn something is, by its seller.</summary>
public enum Condition
{
    New,
    LikeNew,
    Good,
    Used,
}
