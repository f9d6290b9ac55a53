using Marketplace.Web.Chat.Messages;

namespace Marketplace.Tests.Chat;

public sealed class RowCacheTests
{
    private readonly RowCache<Entry> cache = new();

    [Fact]
    public void A_row_that_says_the_same_keeps_its_object_wherever_it_moves()
    {
        var before = Draw(("a", 1), ("b", 2), ("c", 3));
        var after = Draw(("c", 3), ("a", 1), ("b", 2));
        Assert.Equal([2, 0, 1], after.Select(line => Array.FindIndex(before, other => ReferenceEquals(other, line))));
    }

    [Fact]
    public void A_row_that_says_something_else_is_a_new_object_alone()
    {
        var before = Draw(("a", 1), ("b", 2), ("c", 3));
        var after = Draw(("b", 2), ("c", 4), ("d", 5));
        Assert.Same(before[1], after[0]);
        Assert.Equal(4, after[1].Value);
        Assert.Equal(5, after[2].Value);
    }

    [Fact]
    public void A_row_that_went_is_forgotten()
    {
        var before = Draw(("a", 1), ("b", 2));
        Draw(("b", 2));
        Assert.NotSame(before[0], Draw(("a", 1))[0]);
    }

    private Entry[] Draw(params (string Name, int Value)[] rows)
    {
        var drawn = rows.Select((row, place) => cache.At(place, new(row.Name, row.Value))).ToArray();
        cache.End(rows.Length);
        Assert.Equal(rows, drawn.Select(line => (line.Name, line.Value)));
        return drawn;
    }

    private sealed record Entry(string Name, int Value) : RowModel(Name);
}
