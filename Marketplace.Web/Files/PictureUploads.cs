using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Files;

public sealed record StoredPicture(Guid File, Guid Thumbnail);

public sealed class PictureUploads(FileStore store, ThumbnailMaker thumbnails, IStringLocalizer<SharedTexts> texts)
{
    /// <summary>8 MiB, enough for a large phone photograph.</summary>
    public const int MaxFileSize = 8 * 1024 * 1024;

    public async Task<Outcome<StoredPicture>> SaveAsync(long ownerId, Stream content, CancellationToken cancellation)
    {
        if (await ReadAsync(content, cancellation) is not { } bytes)
            return Invalid(texts["File.TooLarge", MaxFileSize / 1024 / 1024]);
        if (Picture.Recognise(bytes.Span) is not { } picture)
            return Invalid(texts["File.NoPicture"]);
        if (ThumbnailMaker.IsTooLarge(picture.Width, picture.Height))
            return Invalid(texts["File.TooManyPixels", ThumbnailMaker.MaxMegapixels]);
        if (await thumbnails.MakeAsync(bytes, cancellation) is not { } small)
            return Invalid(texts["File.NoPicture"]);
        return await store.AddAsync(ownerId, [bytes, small], cancellation) is [var file, var thumbnail]
            ? new StoredPicture(file, thumbnail)
            : new Refusal(RefusalKind.Busy, texts["File.NotStored"]);
    }

    private static Refusal Invalid(string text) => new(RefusalKind.Invalid, text);

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream content, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        for (int read; (read = await content.ReadAsync(chunk, cancellation)) > 0; )
        {
            if (buffer.Length + read > MaxFileSize)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }
}
