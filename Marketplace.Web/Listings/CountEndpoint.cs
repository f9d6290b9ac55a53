using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Listings;

internal static class CountEndpoint
{
    public const string Path = "/listings/count";

    public static async Task<string> GetAsync(
        [AsParameters] Query query,
        ListingService listings,
        IStringLocalizer<ListingTexts> texts
    ) => Say(texts, await listings.CountAsync(query.Read().Filter(null)));

    public static string Say(IStringLocalizer texts, int count) =>
        count switch
        {
            0 => texts["Search.ShowNone"],
            1 => texts["Search.ShowOne"],
            < ListingFilter.MaxCounted => texts["Search.Show", Written(count)],
            _ => texts["Search.ShowMany", Written(ListingFilter.MaxCounted)],
        };

    private static string Written(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    internal readonly record struct Query(
        string? Q,
        string? Category,
        string? Min,
        string? Max,
        [property: FromQuery(Name = "condition")] string[]? Conditions,
        string[]? Delivery,
        string? Place
    )
    {
        public ListingSearch Read() => ListingSearch.Read(Q, Category, (Min, Max), Conditions, Delivery, Place, null);
    }
}
