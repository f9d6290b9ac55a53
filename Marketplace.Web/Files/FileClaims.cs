using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Files;

/// <summary>Whose files are, and who may read them: changed within the transaction of what they belong to.</summary>
public static class FileClaims
{
    /// <summary>Makes this owner's files public within the caller's transaction: all of them, or none.</summary>
    public static async Task<bool> TryPublishAsync(
        MarketplaceDbContext db,
        long ownerId,
        IReadOnlyCollection<Guid> names
    )
    {
        var theirs = db.Files.Where(file =>
            names.Contains(file.Name)
            && file.OwnerId == ownerId
            && (file.State == FileState.Pending || file.State == FileState.Attached)
        );
        if (await theirs.CountAsync() < names.Count)
            return false;
        await theirs.ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Attached));
        return true;
    }

    /// <summary>In the order of the names; null, claiming none, if one is missing or already claimed.</summary>
    public static Task<IReadOnlyList<StoredFile>?> TryClaimAsync(
        MarketplaceDbContext db,
        long ownerId,
        long scope,
        IReadOnlyList<Guid> names
    ) => TryClaimAsync(db, ownerId, FileState.Private, scope, names);

    /// <summary>The same for a report: false, claiming none. Without a scope: its evidence names them.</summary>
    public static async Task<bool> TryFreezeAsync(MarketplaceDbContext db, long ownerId, IReadOnlyList<Guid> names) =>
        await TryClaimAsync(db, ownerId, FileState.Evidence, scope: null, names) is not null;

    private static async Task<IReadOnlyList<StoredFile>?> TryClaimAsync(
        MarketplaceDbContext db,
        long ownerId,
        FileState state,
        long? scope,
        IReadOnlyList<Guid> names
    )
    {
        var pending = await db
            .Files.Where(file =>
                names.Contains(file.Name) && file.OwnerId == ownerId && file.State == FileState.Pending
            )
            .ToDictionaryAsync(file => file.Name);
        if (names.Any(name => !pending.ContainsKey(name)))
            return null;
        foreach (var file in pending.Values)
            (file.State, file.Scope) = (state, scope);
        await db.SaveChangesAsync();
        return [.. names.Select(name => pending[name])];
    }

    /// <summary>Nobody reads these private files any more, hidden ones neither; how many there were.</summary>
    public static Task<int> RemoveAsync(MarketplaceDbContext db, long scope, IReadOnlyList<Guid> names) =>
        db
            .Files.Where(file => names.Contains(file.Name) && file.Scope == scope)
            .Where(file => file.State == FileState.Private || file.State == FileState.Hidden)
            .ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Removed));

    /// <summary>The same of the files of a report, whose evidence goes.</summary>
    public static Task<int> ForgetEvidenceAsync(MarketplaceDbContext db, IReadOnlyList<Guid> names) =>
        db
            .Files.Where(file => names.Contains(file.Name) && file.State == FileState.Evidence)
            .ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Removed));

    /// <summary>Hides private files of this scope, or shows them again, in the caller's transaction.</summary>
    public static Task<int> HideAsync(MarketplaceDbContext db, long scope, IReadOnlyList<Guid> names, bool isHidden)
    {
        var (from, to) = isHidden ? (FileState.Private, FileState.Hidden) : (FileState.Hidden, FileState.Private);
        return db
            .Files.Where(file => names.Contains(file.Name) && file.State == from && file.Scope == scope)
            .ExecuteUpdateAsync(file => file.SetProperty(f => f.State, to));
    }

    /// <summary>Makes a listing's files pending again, and so subject to the sweep, in the caller's transaction.</summary>
    public static Task<int> ReleaseAsync(MarketplaceDbContext db, IReadOnlyList<Guid> names) =>
        db
            .Files.Where(file => names.Contains(file.Name) && file.State == FileState.Attached)
            .ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Pending));

    /// <summary>Makes all of an owner's files pending, to be swept at once, in the caller's transaction.</summary>
    public static Task<int> ReleaseAllAsync(MarketplaceDbContext db, long ownerId) =>
        db
            .Files.Where(file => file.OwnerId == ownerId)
            .ExecuteUpdateAsync(file =>
                file.SetProperty(f => f.State, FileState.Pending).SetProperty(f => f.CreatedAt, DateTime.UnixEpoch)
            );

    /// <summary>The files of a scope that nobody reads any more, and that are not swept yet.</summary>
    public static IQueryable<StoredFile> Removed(MarketplaceDbContext db, long scope) =>
        db
            .Files.AsNoTracking()
            .Where(file =>
                file.State == FileState.Pending || file.State == FileState.Removed || file.State == FileState.Hidden
            )
            .Where(file => file.Scope == scope);
}
