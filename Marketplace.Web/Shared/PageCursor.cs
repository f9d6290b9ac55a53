using System.Globalization;

namespace Marketplace.Web.Shared;

/// <summary>
/// Where a page of a list read by key begins: after the row with this place in the list's order, and of several there after
/// this id. Written "place-id", or "id" in a list that is ordered by id.
/// </summary>
/// <param name="Place">Null where the id is the order.</param>
public readonly record struct PageCursor(long? Place, long Id)
{
    public PageCursor(long id)
        : this(null, id) { }

    /// <summary>Null for what is no cursor, and for none.</summary>
    public static PageCursor? Parse(string? text) =>
        (text ?? "").Split('-', 3) switch
        {
            [var id] when Number(id) is { } only => new(only),
            [var place, var id] when Number(place) is { } first && Number(id) is { } second => new(first, second),
            _ => null,
        };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Place}{(Place is null ? "" : "-")}{Id}");

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
