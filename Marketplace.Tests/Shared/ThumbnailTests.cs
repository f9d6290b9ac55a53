using System.Buffers.Binary;
using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using SkiaSharp;

namespace Marketplace.Tests.Shared;

public sealed class ThumbnailTests : IDisposable
{
    private readonly ThumbnailMaker maker = new();

    public void Dispose() => maker.Dispose();

    [Fact]
    public async Task A_photograph_gets_a_small_version_in_WebP()
    {
        var small = await maker.MakeAsync(Pictures.Jpeg, default);
        Assert.Equal(new Picture("image/webp", 480, 360), Picture.Recognise(small));
        Assert.InRange(small!.Length, 500, 60_000);
    }

    [Fact]
    public async Task A_small_picture_is_not_made_larger() =>
        Assert.Equal(new Picture("image/webp", 1, 1), Picture.Recognise(await maker.MakeAsync(Pictures.Png, default)));

    // Red is at the top of the upright picture in every orientation.
    [Theory]
    [InlineData(1, false, "top")]
    [InlineData(3, false, "bottom")]
    [InlineData(4, false, "bottom")]
    [InlineData(6, true, "left")]
    [InlineData(8, true, "right")]
    [InlineData(5, true, "left")]
    [InlineData(7, true, "right")]
    public async Task A_photograph_of_a_turned_camera_is_upright(int orientation, bool isOnItsSide, string red)
    {
        var taken = isOnItsSide ? Photograph(800, 600, red) : Photograph(600, 800, red);
        using var small = SKBitmap.Decode(await maker.MakeAsync(Oriented(taken, orientation), default));
        Assert.Equal((360, 480), (small.Width, small.Height));
        Assert.True(small.GetPixel(180, 60) is { Red: > 180, Blue: < 80 });
        Assert.True(small.GetPixel(180, 420) is { Red: < 80, Blue: > 180 });
    }

    [Fact]
    public async Task The_small_version_tells_nothing_of_the_camera()
    {
        var taken = Oriented(Photograph(800, 600, "left"), 6);
        Assert.Contains("Exif", Encoding.Latin1.GetString(taken));
        var small = Encoding.Latin1.GetString((await maker.MakeAsync(taken, default))!);
        Assert.DoesNotContain("exif", small, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ICCP", small);
        Assert.DoesNotContain("XMP ", small);
    }

    [Fact]
    public async Task A_photograph_that_was_cut_short_is_refused() =>
        Assert.Null(await maker.MakeAsync(Pictures.Jpeg.AsMemory(0, Pictures.Jpeg.Length / 2), default));

    [Fact]
    public async Task A_picture_that_would_fill_the_memory_is_refused_by_its_header()
    {
        var before = GC.GetTotalAllocatedBytes();
        Assert.Null(await maker.MakeAsync(Pictures.HugePng(), default));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40_000_000);
    }

    [Fact]
    public async Task Many_photographs_at_once_wait_for_each_other()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => maker.MakeAsync(Pictures.Jpeg, default)));
        Assert.All(all, Assert.NotNull);
    }

    private static byte[] Photograph(int width, int height, string red)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.Red };
        canvas.Clear(SKColors.Blue);
        canvas.DrawRect(
            red switch
            {
                "top" => new SKRect(0, 0, width, height / 2f),
                "bottom" => new SKRect(0, height / 2f, width, height),
                "left" => new SKRect(0, 0, width / 2f, height),
                _ => new SKRect(width / 2f, 0, width, height),
            },
            paint
        );
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray();
    }

    private static byte[] Oriented(byte[] jpeg, int orientation)
    {
        byte[] tiff =
        [
            .. "MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte)orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. body, .. jpeg[2..]];
    }
}
