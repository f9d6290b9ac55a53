using SkiaSharp;

namespace Marketplace.Web.Files;

public sealed record MadePicture(byte[] Picture, byte[] Thumbnail);

/// <summary>Makes an upload anew from its pixels, upright, so that no place, time or comment of it remains.</summary>
/// <remarks>JPEG takes a tenth of WebP's time and opens wherever it is saved; WebP only with transparency.</remarks>
internal static class PictureMaker
{
    /// <summary>The longer side in pixels; <c>pictures.js</c> sends less.</summary>
    public const int MaxSide = 2_048;

    public const int ThumbnailSide = 480;

    private const int PhotoQuality = 85;
    private const int TransparentQuality = 90;
    private const int ThumbnailQuality = 80;

    /// <summary>Returns null for what is too large, or cannot be read to its end within the limit.</summary>
    public static MadePicture? Make(ArraySegment<byte> upload, TimeSpan limit)
    {
        using var stream = new TimedStream(upload, limit);
        using var codec = SKCodec.Create(new SKManagedStream(stream));
        if (codec is null || Picture.Exceeds(codec.Info.Width, codec.Info.Height))
            return null;
        using var upright = ReadUpright(codec);
        if (upright is null)
            return null;
        using var small = Draw(upright, SKEncodedOrigin.TopLeft, ThumbnailSide);
        return new(
            IsOpaque(upright) ? Jpeg(upright, PhotoQuality) : WebP(upright, TransparentQuality),
            WebP(small, ThumbnailQuality)
        );
    }

    private static SKBitmap? ReadUpright(SKCodec codec)
    {
        using var decoded = Decode(codec);
        return decoded is null ? null : Draw(decoded, codec.EncodedOrigin, MaxSide);
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

    // Without a colour space, of which the encoders would write a profile.
    private static SKBitmap Draw(SKBitmap from, SKEncodedOrigin origin, int maxSide)
    {
        var (width, height) = IsOnItsSide(origin) ? (from.Height, from.Width) : (from.Width, from.Height);
        var scale = Math.Min(1f, (float)maxSide / Math.Max(width, height));
        var drawn = new SKBitmap(new SKImageInfo(Scaled(width, scale), Scaled(height, scale), SKColorType.Rgba8888));
        using var canvas = new SKCanvas(drawn);
        // Else the image would be a copy.
        from.SetImmutable();
        using var image = SKImage.FromBitmap(from);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale((float)drawn.Width / width, (float)drawn.Height / height);
        canvas.Concat(Upright(origin, width, height));
        canvas.DrawImage(image, 0, 0, Sampling(scale));
        return drawn;
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)Math.Round(side * scale));

    // The cubic keeps edges sharp, but skips pixels where there are more than two for one.
    private static SKSamplingOptions Sampling(float scale) =>
        scale switch
        {
            1 => SKSamplingOptions.Default,
            >= 0.5f => new(SKCubicResampler.Mitchell),
            _ => new(SKFilterMode.Linear, SKMipmapMode.Linear),
        };

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

    // By the pixels: a screenshot declares an alpha channel that it does not use.
    private static bool IsOpaque(SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
            if (pixels[alpha] != byte.MaxValue)
                return false;
        return true;
    }

    private static byte[] Jpeg(SKBitmap bitmap, int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels.Encode(
            new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)
        );
        return Bytes(encoded);
    }

    private static byte[] WebP(SKBitmap bitmap, int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality));
        return Bytes(encoded);
    }

    private static byte[] Bytes(SKData? encoded) =>
        encoded?.ToArray() ?? throw new InvalidOperationException("A decoded picture could not be encoded.");
}
