using System.Globalization;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Listings;

public sealed record ListingSearch
{
    public const int MaxTextLength = 100;

    public const int MaxPriceLength = 12;

    public const string InPersonName = "inperson";
    public const string ShippingName = "shipping";

    public string? Text { get; init; }
    public Category? Category { get; init; }
    public string? MinText { get; init; }
    public string? MaxText { get; init; }
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
    public bool InPerson { get; init; }
    public bool Shipping { get; init; }
    public string? Place { get; init; }
    public ListingOrder Order { get; init; }

    public long? Min => Money.Parse(MinText);
    public long? Max => Money.Parse(MaxText);

    public string? MinProblem => MinText is not null && Min is null ? "Search.PriceWrong" : null;

    public string? MaxProblem =>
        MaxText is not null && Max is null ? "Search.PriceWrong"
        : Min > Max ? "Search.PriceOrder"
        : null;

    public bool IsEverything => Url() == "/";

    /// <summary>Parses the query of an address; ignores unknown values.</summary>
    public static ListingSearch Read(
        string? text,
        string? category,
        (string? Min, string? Max) price,
        string[]? conditions,
        string[]? delivery,
        string? place,
        string? order
    ) =>
        new()
        {
            Text = Written(text, MaxTextLength),
            Category = Named<Category>(category),
            MinText = Written(price.Min, MaxPriceLength),
            MaxText = Written(price.Max, MaxPriceLength),
            Conditions = [.. (conditions ?? []).Select(Named<Condition>).OfType<Condition>().Distinct().Order()],
            InPerson = delivery?.Contains(InPersonName, StringComparer.OrdinalIgnoreCase) == true,
            Shipping = delivery?.Contains(ShippingName, StringComparer.OrdinalIgnoreCase) == true,
            Place = Written(place, Listing.MaxPlaceLength),
            Order = Named<ListingOrder>(order) ?? ListingOrder.Newest,
        };

    public ListingFilter Filter(string? cursor) =>
        new(Text, Category, Min, Max, Place, Order, cursor)
        {
            Conditions = Conditions,
            InPerson = InPerson,
            Shipping = Shipping,
        };

    public IEnumerable<ActiveFilter> Active()
    {
        if (Min is { } least)
            yield return new("Active.Least", Money.Show(least, Money.Currency), this with { MinText = null });
        if (Max is { } most)
            yield return new("Active.Most", Money.Show(most, Money.Currency), this with { MaxText = null });
        foreach (var condition in Conditions)
            yield return new(
                $"Condition.{condition}",
                null,
                this with
                {
                    Conditions = [.. Conditions.Where(c => c != condition)],
                }
            );
        if (InPerson)
            yield return new("Delivery.InPerson", null, this with { InPerson = false });
        if (Shipping)
            yield return new("Delivery.Shipping", null, this with { Shipping = false });
        if (Place is not null)
            yield return new("Active.Place", Place, this with { Place = null });
    }

    public ListingSearch Unfiltered() =>
        new()
        {
            Text = Text,
            Category = Category,
            Order = Order,
        };

    /// <summary>The canonical address of this search: parts in a fixed order, defaults left out.</summary>
    public string Url(string? cursor = null) => QueryHelpers.AddQueryString("/", Parts(cursor));

    private IEnumerable<KeyValuePair<string, string?>> Parts(string? cursor)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("q", Text),
            ("category", Category is { } category ? Name(category) : null),
            ("min", MinText),
            ("max", MaxText),
            ("delivery", InPerson ? InPersonName : null),
            ("delivery", Shipping ? ShippingName : null),
            ("place", Place),
            ("sort", Order == ListingOrder.Newest ? null : Name(Order)),
            ("before", cursor),
        };
        return parts
            .Concat(Conditions.Select(condition => ("condition", (string?)Name(condition))))
            .Where(part => part.Item2 is not null)
            .Select(part => KeyValuePair.Create(part.Item1, part.Item2));
    }

    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string? Written(string? text, int longest)
    {
        var line = VisibleText.Line(text);
        return line.Length == 0 ? null : VisibleText.Begin(line, longest).Trim();
    }

    private static T? Named<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}

public sealed record ActiveFilter(string Text, string? Value, ListingSearch Without);
