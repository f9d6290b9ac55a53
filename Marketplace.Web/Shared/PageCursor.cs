using System.Globalization;

namespace Marketplace.Web.Shared;

/// <summary>Begins after this sort key and id; written "place-id", or "id" if ordered by id.</summary>
public readonly record struct PageCursor(long? Place, long Id)
{
    public PageCursor(long id)
        : this(null, id) { }

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
