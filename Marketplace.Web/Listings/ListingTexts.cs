namespace Marketplace.Web.Listings;

/// <summary>Names the resource files of this folder.</summary>
public sealed class ListingTexts;
