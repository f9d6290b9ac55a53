namespace Marketplace.Web.Admin;

/// <summary>A page of a list that is read by key: how much there is in all is never counted.</summary>
/// <param name="HasMore">Whether a next page has anything on it.</param>
public sealed record Portion<T>(IReadOnlyList<T> Rows, bool HasMore)
{
    public static readonly Portion<T> None = new([], false);

    /// <summary>Takes what was read with one row more than fits.</summary>
    internal Portion(IReadOnlyList<T> read, int fits)
        : this([.. read.Take(fits)], read.Count > fits) { }
}
