using SkiaSharp;

namespace Marketplace.Web.Files;

/// <summary>Makes WebP thumbnails: upright, and without the camera's metadata (place, time, model).</summary>
/// <remarks>
/// Decoding costs four bytes a pixel and up to half a second of a core: the header's size is checked first, at most two
/// pictures decode at once, and on their own threads, to keep the pool free.
/// </remarks>
public sealed class ThumbnailMaker : IDisposable
{
    /// <summary>In millions of pixels. Browsers send below two; 24 take nearly 100 MB decoded.</summary>
    public const int MaxMegapixels = 24;

    private const int MaxSide = 480;
    private const int Quality = 80;
    private const int MaxAtOnce = 2;

    private readonly SemaphoreSlim places = new(MaxAtOnce);

    internal static bool IsTooLarge(int width, int height) => (long)width * height > MaxMegapixels * 1_000_000L;

    public async Task<byte[]?> MakeAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Factory.StartNew(
                () => Make(picture.Span),
                cancellation,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private static byte[]? Make(ReadOnlySpan<byte> picture)
    {
        using var data = SKData.CreateCopy(picture);
        using var codec = SKCodec.Create(data);
        if (codec is null || IsTooLarge(codec.Info.Width, codec.Info.Height))
            return null;
        using var decoded = Decode(codec);
        if (decoded is null)
            return null;
        using var small = Draw(decoded, codec.EncodedOrigin);
        return Encode(small);
    }

    private static SKBitmap? Decode(SKCodec codec)
    {
        var fraction = 2f * MaxSide / Math.Max(codec.Info.Width, codec.Info.Height);
        var size = fraction < 1 ? codec.GetScaledDimensions(fraction) : codec.Info.Size;
        using var colours = SKColorSpace.CreateSrgb();
        var bitmap = new SKBitmap(
            new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colours)
        );
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static SKBitmap Draw(SKBitmap decoded, SKEncodedOrigin origin)
    {
        var (width, height) = IsOnItsSide(origin) ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = Math.Min(1f, (float)MaxSide / Math.Max(width, height));
        var small = new SKBitmap(new SKImageInfo(Scaled(width, scale), Scaled(height, scale), SKColorType.Rgba8888));
        using var canvas = new SKCanvas(small);
        using var image = SKImage.FromBitmap(decoded);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale((float)small.Width / width, (float)small.Height / height);
        canvas.Concat(Upright(origin, width, height));
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small;
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)Math.Round(side * scale));

    private static bool IsOnItsSide(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    // The eight EXIF orientations (JEITA CP-3451, tag 0x0112); width and height are of the upright picture.
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };

    private static byte[]? Encode(SKBitmap small)
    {
        using var pixels = small.PeekPixels();
        using var encoded = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality));
        return encoded?.ToArray();
    }
}
