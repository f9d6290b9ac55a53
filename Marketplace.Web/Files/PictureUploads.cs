using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Files;

public sealed record StoredPicture(Guid File, Guid Thumbnail)
{
    /// <summary>As forms carry it; null if it is something else.</summary>
    public static StoredPicture? Read(string? names) =>
        (names ?? "").Split('/') is [var file, var small]
        && Guid.TryParse(file, out var f)
        && Guid.TryParse(small, out var s)
            ? new(f, s)
            : null;

    public override string ToString() => $"{File}/{Thumbnail}";
}

/// <summary>The only way of a picture into the store: within the quota, made anew by a worker.</summary>
public sealed class PictureUploads(
    FileStore store,
    PictureWorkers workers,
    PictureQuota quota,
    IStringLocalizer<SharedTexts> texts
)
{
    /// <summary>8 MiB, enough for a large phone photograph.</summary>
    public const int MaxFileSize = 8 * 1024 * 1024;

    public async Task<Outcome<StoredPicture>> SaveAsync(long ownerId, Stream content, CancellationToken cancellation)
    {
        if (await quota.CheckAsync(ownerId) is { } refusal)
            return refusal;
        var made = await MakeAsync(content, cancellation);
        return made.Succeeded ? await StoreAsync(ownerId, made.Value, cancellation) : made.Refusal;
    }

    private async Task<Outcome<MadePicture>> MakeAsync(Stream content, CancellationToken cancellation)
    {
        using var place = await workers.EnterAsync(cancellation);
        if (place is null)
            return new Refusal(RefusalKind.Busy, texts["File.Busy"], PictureWorkers.RetryAfter);
        if (await ReadAsync(content, cancellation) is not { } upload)
            return new Refusal(RefusalKind.TooLarge, texts["File.TooLarge", MaxFileSize / 1024 / 1024]);
        if (Picture.Recognise(upload) is not { } picture)
            return Invalid(texts["File.NoPicture"]);
        if (picture.IsTooLong)
            return Invalid(texts["File.TooLong", Picture.MaxSide]);
        if (picture.IsTooLarge)
            return Invalid(texts["File.TooManyPixels", Picture.MaxMegapixels]);
        return await PictureWorkers.MakeAsync(upload) is { } made ? made : Invalid(texts["File.NoPicture"]);
    }

    // Asks for the quota again with the record, as others of the same person may have come first.
    private async Task<Outcome<StoredPicture>> StoreAsync(
        long ownerId,
        MadePicture made,
        CancellationToken cancellation
    )
    {
        Refusal? over = null;
        var names = await store.AddAsync(
            ownerId,
            [made.Picture, made.Thumbnail],
            async db => (over = await quota.CheckAsync(db, ownerId)) is null,
            cancellation
        );
        return names is [var file, var thumbnail]
            ? new StoredPicture(file, thumbnail)
            : over ?? new Refusal(RefusalKind.Busy, texts["File.NotStored"]);
    }

    private static Refusal Invalid(string text) => new(RefusalKind.Invalid, text);

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
