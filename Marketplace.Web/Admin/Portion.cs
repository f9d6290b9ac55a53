namespace Marketplace.Web.Admin;

/// <summary>A page of a keyset-paged list; the total is never counted.</summary>
public sealed record Portion<T>(IReadOnlyList<T> Rows, bool HasMore)
{
    public static readonly Portion<T> None = new([], false);

    internal Portion(IReadOnlyList<T> read, int fits)
        : this([.. read.Take(fits)], read.Count > fits) { }
}
