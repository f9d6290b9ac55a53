using Marketplace.Tests.Support;
using Marketplace.Web.Files;

namespace Marketplace.Tests.Shared;

public sealed class PictureTests
{
    [Fact]
    public void A_photograph_is_known_by_its_content()
    {
        Assert.Equal(new Picture("image/jpeg", 1200, 900), Picture.Recognise(Pictures.Jpeg));
        Assert.Equal(new Picture("image/png", 1, 1), Picture.Recognise(Pictures.Png));
    }

    [Fact]
    public void A_photograph_that_was_cut_short_is_none()
    {
        Assert.Null(Picture.Recognise(Pictures.Jpeg.AsSpan(0, Pictures.Jpeg.Length / 2)));
        Assert.Null(Picture.Recognise(Pictures.Png.AsSpan(0, Pictures.Png.Length - 9)));
    }

    [Fact]
    public void A_picture_of_24_megapixels_is_the_largest()
    {
        Assert.False(Picture.Recognise(Pictures.BlackPng(6_000, 4_000))!.IsTooLarge);
        Assert.True(Picture.Recognise(Pictures.BlackPng(6_000, 4_001))!.IsTooLarge);
        Assert.True(Picture.Recognise(Pictures.BlackPng(65_536, 1))!.IsTooLong);
    }

    [Theory]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void Anything_else_is_none(string text) =>
        Assert.Null(Picture.Recognise(System.Text.Encoding.UTF8.GetBytes(text)));
}
