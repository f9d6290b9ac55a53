using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Files;

/// <summary>The names of a stored picture and of its small version.</summary>
public sealed record StoredPicture(Guid File, Guid Thumbnail);

/// <summary>Takes the pictures that people send: looks at them, makes the small version, and stores both.</summary>
public sealed class PictureUploads(FileStore store, ThumbnailMaker thumbnails, IStringLocalizer<SharedTexts> texts)
{
    /// <summary>8 MiB: a large photograph of a phone of today.</summary>
    public const int MaxFileSize = 8 * 1024 * 1024;

    /// <summary>Stores a picture and its small version as pending files of this owner.</summary>
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
