using Marketplace.Web.Data;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>A person's archive. Times are UTC.</summary>
/// <param name="EndsAt">Until when it can be downloaded.</param>
public sealed record ArchiveView(
    ArchiveState State,
    DateTime AskedAt,
    int Percent,
    Guid? File,
    long Size,
    DateTime EndsAt
);

internal static class ArchiveQueries
{
    public static IQueryable<ArchiveView> Of(MarketplaceDbContext db, long userId, DateTime now) =>
        db
            .ArchiveRequests.Where(request => request.UserId == userId && request.EndsAt > now)
            .Select(request => new ArchiveView(
                request.State,
                request.AskedAt,
                request.Percent,
                request.File,
                request.Size,
                request.EndsAt
            ));

    /// <summary>The person's own archive of this name, while it can be downloaded.</summary>
    public static IQueryable<ArchiveRequest> Ready(MarketplaceDbContext db, long userId, Guid name, DateTime now) =>
        db
            .ArchiveRequests.Where(request => request.UserId == userId && request.File == name)
            .Where(request => request.State == ArchiveState.Ready && request.EndsAt > now);

    /// <summary>Those that nobody has begun, or whose process was killed.</summary>
    public static IQueryable<ArchiveRequest> Due(MarketplaceDbContext db, DateTime now) =>
        Unfinished(db)
            .Where(request => request.EndsAt > now)
            .Where(request => request.LeasedUntil == null || request.LeasedUntil < now);

    public static IQueryable<ArchiveRequest> Unfinished(MarketplaceDbContext db) =>
        db.ArchiveRequests.Where(request =>
            request.State == ArchiveState.Queued || request.State == ArchiveState.Preparing
        );

    /// <summary>The request, while it is whose file has this name.</summary>
    public static IQueryable<ArchiveRequest> Held(MarketplaceDbContext db, long id, Guid? name) =>
        db.ArchiveRequests.Where(request =>
            request.Id == id && request.File == name && request.State == ArchiveState.Preparing
        );

    public static IQueryable<ArchiveRequest> Ended(MarketplaceDbContext db, DateTime now) =>
        db.ArchiveRequests.Where(request => request.EndsAt <= now);
}
