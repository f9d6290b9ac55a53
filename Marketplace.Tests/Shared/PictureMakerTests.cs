using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using SkiaSharp;

namespace Marketplace.Tests.Shared;

public sealed class PictureMakerTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_photograph_keeps_its_size_and_gets_a_small_version_in_WebP()
    {
        var made = Make(Pictures.Jpeg);
        Assert.Equal(new Picture("image/jpeg", 1200, 900), Picture.Recognise(made.Picture));
        Assert.Equal(new Picture("image/webp", 480, 360), Picture.Recognise(made.Thumbnail));
        Assert.InRange(made.Thumbnail.Length, 500, 60_000);
    }

    [Fact]
    public void A_large_photograph_is_made_smaller()
    {
        var made = Make(Pictures.Photograph(4_000, 3_000));
        Assert.Equal(new Picture("image/jpeg", 2_048, 1_536), Picture.Recognise(made.Picture));
        Assert.Equal(new Picture("image/webp", 480, 360), Picture.Recognise(made.Thumbnail));
    }

    [Fact]
    public void A_small_picture_is_not_made_larger()
    {
        var made = Make(Pictures.Png);
        Assert.Equal(new Picture("image/jpeg", 1, 1), Picture.Recognise(made.Picture));
        Assert.Equal(new Picture("image/webp", 1, 1), Picture.Recognise(made.Thumbnail));
    }

    // As the browser's script sends them. Nobody sees a difference above 40 dB.
    [Fact]
    public void A_photograph_that_the_browser_has_made_smaller_looks_the_same()
    {
        using var taken = SKBitmap.Decode(Pictures.Jpeg);
        var sent = taken.Encode(SKEncodedImageFormat.Jpeg, 85)!.ToArray();
        using var before = SKBitmap.Decode(sent);
        var made = Make(sent);
        using var after = SKBitmap.Decode(made.Picture);
        Assert.InRange(Likeness(before, after), 45, double.PositiveInfinity);
        Assert.InRange(made.Picture.Length, sent.Length / 2, sent.Length * 11 / 10);
    }

    [Fact]
    public void A_picture_with_holes_keeps_them()
    {
        var made = Make(Pictures.Sticker(900));
        foreach (var (bytes, side) in new[] { (made.Picture, 900), (made.Thumbnail, 480) })
        {
            Assert.Equal(new Picture("image/webp", side, side), Picture.Recognise(bytes));
            using var shown = SKBitmap.Decode(bytes);
            Assert.Equal(0, shown.GetPixel(2, 2).Alpha);
            Assert.True(shown.GetPixel(side / 2, side / 2) is { Alpha: 255, Red: > 200, Blue: < 60 });
        }
    }

    [Fact]
    public void A_screenshot_that_hides_nothing_becomes_a_JPEG()
    {
        using var screen = new SKBitmap(new SKImageInfo(300, 200, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        screen.Erase(SKColors.White);
        var made = Make(screen.Encode(SKEncodedImageFormat.Png, 100)!.ToArray());
        Assert.Equal("image/jpeg", Picture.Recognise(made.Picture)!.ContentType);
    }

    // Red is at the top of the upright picture in every orientation.
    [Theory]
    [InlineData(1, false, "top")]
    [InlineData(3, false, "bottom")]
    [InlineData(4, false, "bottom")]
    [InlineData(6, true, "left")]
    [InlineData(8, true, "right")]
    [InlineData(5, true, "left")]
    [InlineData(7, true, "right")]
    public void A_photograph_of_a_turned_camera_is_upright(int orientation, bool isOnItsSide, string red)
    {
        var taken = isOnItsSide ? Pictures.Photograph(800, 600, red) : Pictures.Photograph(600, 800, red);
        var made = Make(Pictures.AsTaken(taken, orientation));
        foreach (var (bytes, width, height) in new[] { (made.Picture, 600, 800), (made.Thumbnail, 360, 480) })
        {
            using var shown = SKBitmap.Decode(bytes);
            Assert.Equal((width, height), (shown.Width, shown.Height));
            Assert.True(shown.GetPixel(width / 2, height / 8) is { Red: > 180, Blue: < 80 });
            Assert.True(shown.GetPixel(width / 2, height * 7 / 8) is { Red: < 80, Blue: > 180 });
        }
    }

    [Fact]
    public void What_is_stored_tells_nothing_of_the_camera_and_the_place()
    {
        var taken = Pictures.AsTaken(Pictures.Photograph(800, 600), 6);
        Assert.Contains("Exif", Encoding.Latin1.GetString(taken));
        Assert.Contains("Calle Mayor", Encoding.Latin1.GetString(taken));
        var made = Make([.. taken, .. "<script>alert(1)</script>"u8, 0xFF, 0xD9]);
        foreach (var bytes in new[] { made.Picture, made.Thumbnail })
        {
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain("exif", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Calle", text);
            Assert.DoesNotContain("ICC", text);
            Assert.DoesNotContain("XMP ", text);
            Assert.DoesNotContain("script", text);
        }
    }

    [Fact]
    public void A_photograph_that_was_cut_short_is_refused() =>
        Assert.Null(PictureMaker.Make(Pictures.Jpeg[..(Pictures.Jpeg.Length / 2)], Enough));

    [Fact]
    public void A_picture_that_would_fill_the_memory_is_refused_by_its_header()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(PictureMaker.Make(Pictures.HugePng(), Enough));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    [Fact]
    public void A_picture_that_takes_too_long_is_refused() =>
        Assert.Null(PictureMaker.Make(Pictures.Jpeg, TimeSpan.Zero));

    // Progressive scans without end: small in the file, a pass over all pixels each.
    [Fact]
    public void A_photograph_of_a_thousand_passes_is_refused() =>
        Assert.Null(PictureMaker.Make(Pictures.Passes(2_000, 2_000, 1_000), Enough));

    private static MadePicture Make(byte[] upload)
    {
        var made = PictureMaker.Make(upload, Enough);
        Assert.NotNull(made);
        return made;
    }

    /// <summary>The peak signal-to-noise ratio, in dB.</summary>
    private static double Likeness(SKBitmap one, SKBitmap other)
    {
        var left = one.GetPixelSpan();
        var right = other.GetPixelSpan();
        Assert.Equal(left.Length, right.Length);
        double squares = 0;
        for (var i = 0; i < left.Length; i++)
            squares += (left[i] - right[i]) * (left[i] - right[i]);
        return 10 * Math.Log10(255.0 * 255 * left.Length / squares);
    }
}
