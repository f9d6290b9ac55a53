using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin;

/// <summary>What the address of a list says: what is looked for, where the page begins, in which order.</summary>
/// <param name="After">The cursor of the last row before; whatever is none means the list's beginning.</param>
public sealed record ListPlace(string? Text, string? After, bool OldestFirst)
{
    internal const string Oldest = "oldest";

    public PageCursor? Cursor => PageCursor.Parse(After);

    public long BeforeId => Cursor?.Id ?? long.MaxValue;
}
