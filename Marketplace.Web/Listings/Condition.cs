namespace Marketplace.Web.Listings;

public enum Condition
{
    New,
    LikeNew,
    Good,
    Used,
}
