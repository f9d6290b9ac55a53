using System.Globalization;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Listings;

/// <summary>What the address of the home page asks for: as it was written, and as far as it is understood.</summary>
public sealed record ListingSearch
{
    public const int MaxTextLength = 100;

    /// <summary>As many characters as a price may have.</summary>
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

    /// <summary>The resource key of what is wrong with the lowest price, or null.</summary>
    public string? MinProblem => MinText is not null && Min is null ? "Search.PriceWrong" : null;

    /// <summary>The resource key of what is wrong with the highest price, or null.</summary>
    public string? MaxProblem =>
        MaxText is not null && Max is null ? "Search.PriceWrong"
        : Min > Max ? "Search.PriceOrder"
        : null;

    /// <summary>Nothing but what is newest.</summary>
    public bool IsEverything => Url() == "/";

    /// <summary>Takes what the query of an address says; what has no meaning is left out.</summary>
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

    /// <summary>The filters that narrow the list, each with the search as it is without it.</summary>
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

    /// <summary>The same words, category and order without any filter.</summary>
    public ListingSearch Unfiltered() =>
        new()
        {
            Text = Text,
            Category = Category,
            Order = Order,
        };

    /// <summary>The one address of this search: parts in a fixed order, none that says nothing.</summary>
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

    /// <summary>A value as addresses name it.</summary>
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

/// <summary>A filter that narrows the list.</summary>
/// <param name="Text">A resource key.</param>
/// <param name="Value">What stands in it, if anything.</param>
/// <param name="Without">The search once it is removed.</param>
public sealed record ActiveFilter(string Text, string? Value, ListingSearch Without);
