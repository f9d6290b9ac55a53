using Marketplace.Web.Admin;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Admin;

public sealed class ListPlaceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("7-x")]
    [InlineData("7-8-9")]
    [InlineData("-7")]
    public void A_place_that_is_none_is_the_beginning(string? after)
    {
        var place = new ListPlace(null, after, false);
        Assert.Null(place.Cursor);
        Assert.Equal(long.MaxValue, place.BeforeId);
    }

    [Theory]
    [InlineData(7L, 8)]
    [InlineData(7L, 7)]
    [InlineData(null, 7)]
    [InlineData(0L, long.MaxValue)]
    public void A_place_leads_to_where_the_page_before_ended(long? place, long id)
    {
        var cursor = new PageCursor(place, id);
        var next = new ListPlace(null, cursor.ToString(), false);
        Assert.Equal(cursor, next.Cursor);
        Assert.Equal(id, next.BeforeId);
    }
}
