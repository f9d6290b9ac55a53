using Marketplace.Web.Admin;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Tests.Admin;

public sealed class ListPlaceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("7-x")]
    [InlineData("7-8-9")]
    [InlineData("-7")]
    public void A_place_that_is_none_is_the_beginning(string? after) =>
        Assert.Null(new ListPlace(null, after, false).AfterRoom);

    [Fact]
    public void A_place_leads_to_where_the_page_before_ended()
    {
        Assert.Equal(new RoomPlace(7, 8), new ListPlace(null, "7-8", false).AfterRoom);
        Assert.Equal(7, new ListPlace(null, "7", false).BeforeId);
        Assert.Equal(long.MaxValue, new ListPlace(null, "x", false).BeforeId);
    }
}
