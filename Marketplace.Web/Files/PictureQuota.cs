using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Files;

/// <summary>What one person may upload; 0 means no limit.</summary>
/// <param name="MegabytesPerDay">What those take as they are stored, thumbnails included.</param>
/// <param name="Pending">Pictures of the last 24 hours that belong to no listing, message or report.</param>
public sealed record PictureLimits(int PerDay, int MegabytesPerDay, int Pending)
{
    private const int Max = 1_000_000;

    public static PictureLimits Of(IConfiguration configuration)
    {
        var read = new PictureLimits(
            configuration.Number("Limits:PicturesPerDay", 300, 0, Max),
            configuration.Number("Limits:PictureMegabytesPerDay", 300, 0, Max),
            configuration.Number("Limits:PendingPictures", 60, 0, Max)
        );
        return configuration.Flag("Limits:Enabled", fallback: true) ? read : new(0, 0, 0);
    }
}

/// <summary>Counts uploads from the records: a file of the last day is never swept, so that none is missing.</summary>
public sealed class PictureQuota(
    PictureLimits limits,
    IDbContextFactory<MarketplaceDbContext> database,
    TimeProvider clock,
    IStringLocalizer<SharedTexts> texts
)
{
    /// <summary>The picture and its thumbnail.</summary>
    private const int FilesOfPicture = 2;

    // Named, so that the index by state and time is used.
    private static readonly FileState[] AnyState = Enum.GetValues<FileState>();

    public async Task<Refusal?> CheckAsync(long ownerId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await CheckAsync(db, ownerId);
    }

    public async Task<Refusal?> CheckAsync(MarketplaceDbContext db, long ownerId)
    {
        if (limits is { PerDay: 0, MegabytesPerDay: 0, Pending: 0 })
            return null;
        var used = await UsedAsync(db, ownerId);
        var pending = used.Where(part => part.State == FileState.Pending).ToList();
        if (IsOver(used.Sum(part => part.Files) / FilesOfPicture, limits.PerDay))
            return Refuse("File.TooManyToday", limits.PerDay, used);
        if (IsOver(used.Sum(part => part.Bytes) >> 20, limits.MegabytesPerDay))
            return Refuse("File.TooMuchToday", limits.MegabytesPerDay, used);
        return IsOver(pending.Sum(part => part.Files) / FilesOfPicture, limits.Pending)
            ? Refuse("File.TooManyPending", limits.Pending, pending)
            : null;
    }

    private Task<List<Used>> UsedAsync(MarketplaceDbContext db, long ownerId)
    {
        var since = clock.GetUtcNow().UtcDateTime - FileStore.PendingLife;
        return db
            .Files.Where(file => AnyState.Contains(file.State) && file.CreatedAt > since && file.OwnerId == ownerId)
            .GroupBy(file => file.State)
            .Select(group => new Used(
                group.Key,
                group.Count(),
                group.Sum(file => file.Size),
                group.Min(file => file.CreatedAt)
            ))
            .ToListAsync();
    }

    private static bool IsOver(long used, int limit) => limit > 0 && used >= limit;

    private Refusal Refuse(string key, int limit, IReadOnlyCollection<Used> used) =>
        new(
            RefusalKind.RateLimited,
            texts[key, limit],
            used.Min(part => part.Oldest) + FileStore.PendingLife - clock.GetUtcNow().UtcDateTime
        );

    private sealed record Used(FileState State, int Files, long Bytes, DateTime Oldest);
}
