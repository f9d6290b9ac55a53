namespace Marketplace.Web.Listings;

public sealed class ListingTexts;
