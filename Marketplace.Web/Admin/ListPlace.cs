using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin;

/// <param name="After">The cursor of the previous page's last row; null or unreadable means the first page.</param>
public sealed record ListPlace(string? Text, string? After, bool OldestFirst)
{
    internal const string Oldest = "oldest";

    public PageCursor? Cursor => PageCursor.Parse(After);

    public long BeforeId => Cursor?.Id ?? long.MaxValue;
}
