using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Files;

public sealed record StoredPicture(Guid File, Guid Thumbnail);

/// <summary>The only way of a picture into the store: made anew by a worker.</summary>
public sealed class PictureUploads(FileStore store, PictureWorkers workers, IStringLocalizer<SharedTexts> texts)
{
    /// <summary>8 MiB, enough for a large phone photograph.</summary>
    public const int MaxFileSize = 8 * 1024 * 1024;

    public async Task<Outcome<StoredPicture>> SaveAsync(long ownerId, Stream content, CancellationToken cancellation)
    {
        var made = await MakeAsync(content, cancellation);
        return made.Succeeded ? await StoreAsync(ownerId, made.Value, cancellation) : made.Refusal;
    }

    private async Task<Outcome<MadePicture>> MakeAsync(Stream content, CancellationToken cancellation)
    {
        using var place = await workers.EnterAsync(cancellation);
        if (place is null)
            return new Refusal(RefusalKind.Busy, texts["File.Busy"], PictureWorkers.RetryAfter);
        if (await ReadAsync(content, cancellation) is not { } upload)
            return Invalid(texts["File.TooLarge", MaxFileSize / 1024 / 1024]);
        if (Picture.Recognise(upload) is not { } picture)
            return Invalid(texts["File.NoPicture"]);
        if (picture.IsTooLarge)
            return Invalid(texts["File.TooManyPixels", Picture.MaxMegapixels]);
        return await PictureWorkers.MakeAsync(upload) is { } made ? made : Invalid(texts["File.NoPicture"]);
    }

    private async Task<Outcome<StoredPicture>> StoreAsync(
        long ownerId,
        MadePicture made,
        CancellationToken cancellation
    ) =>
        await store.AddAsync(ownerId, [made.Picture, made.Thumbnail], cancellation) is [var file, var thumbnail]
            ? new StoredPicture(file, thumbnail)
            : new Refusal(RefusalKind.Busy, texts["File.NotStored"]);

    private static Refusal Invalid(string text) => new(RefusalKind.Invalid, text);

    // At once in the right size, where the stream knows it.
    private static async Task<ArraySegment<byte>?> ReadAsync(Stream content, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream(content.CanSeek ? (int)Math.Min(content.Length, MaxFileSize) : 0);
        var chunk = new byte[81_920];
        for (int read; (read = await content.ReadAsync(chunk, cancellation)) > 0; )
        {
            if (buffer.Length + read > MaxFileSize)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return new ArraySegment<byte>(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
