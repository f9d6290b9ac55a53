namespace Marketplace.Web.Chat.Deals;

/// <summary>Three prices in whole units to start from; fewer where they would be the same.</summary>
public static class OfferSuggestions
{
    /// <summary>In twentieths of the way.</summary>
    private static readonly long[] Steps = [5, 10, 20];

    /// <param name="live">The other side's offer; null if there is none.</param>
    public static IReadOnlyList<long> For(Side by, long listPrice, long? live)
    {
        // Buyers start below the price; sellers end at it, and start where the offer is.
        var (from, to) =
            by is Side.Buyer
                ? (live ?? listPrice, Math.Min(live ?? listPrice, listPrice) * 8 / 10)
                : (live ?? listPrice * 8 / 10, listPrice);
        return
        [
            .. Steps
                .Select(step => Whole(from + ((to - from) * step / 20)))
                .Where(price => price >= DealOffers.Unit && (by is Side.Buyer || price <= listPrice))
                .Distinct(),
        ];
    }

    // As people say them: to five from fifty on, to ten from five hundred on.
    private static long Whole(long price)
    {
        var grain =
            DealOffers.Unit
            * (
                price >= 500_00 ? 10
                : price >= 50_00 ? 5
                : 1
            );
        return Math.Max(grain, price / grain * grain);
    }
}
