using System.Linq.Expressions;
using System.Security.Cryptography;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Files;

/// <param name="IsPublic">Part of a listing: everybody may read and keep it.</param>
public sealed record FileView(string Path, string ContentType, DateTime CreatedAt, bool IsPublic);

/// <summary>Uploads, under random names outside wwwroot; readable by the owner only until claimed.</summary>
public sealed class FileStore(
    FileSettings settings,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<FileStore> log
)
{
    public static readonly TimeSpan PendingLife = TimeSpan.FromDays(1);

    /// <summary>Names in order; null, keeping none, if <paramref name="mayAdd"/> refuses or writing fails.</summary>
    public async Task<IReadOnlyList<Guid>?> AddAsync(
        long ownerId,
        IReadOnlyList<ReadOnlyMemory<byte>> pictures,
        Func<MarketplaceDbContext, Task<bool>> mayAdd,
        CancellationToken cancellation
    )
    {
        var files = pictures.Select(bytes => Facts(bytes.Span, FileState.Pending, ownerId)).ToList();
        var isKept = false;
        try
        {
            foreach (var (file, bytes) in files.Zip(pictures))
                if (!await TryWriteAsync(file.Name, bytes, cancellation))
                    return null;
            isKept = await RecordAsync(files, mayAdd);
            return isKept ? [.. files.Select(file => file.Name)] : null;
        }
        finally
        {
            if (!isKept)
                files.ForEach(file => TryDelete(PathOf(file.Name)));
        }
    }

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

    /// <summary>Nobody reads these private files any more, once the caller's transaction is committed.</summary>
    public static Task<int> RemoveAsync(MarketplaceDbContext db, long scope, IReadOnlyList<Guid> names) =>
        db
            .Files.Where(file => names.Contains(file.Name) && file.Scope == scope)
            .Where(file => file.State == FileState.Private || file.State == FileState.Hidden)
            .ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Removed));

    /// <summary>The same, of files that are hidden too; how many there were.</summary>
    public static Task<int> ForgetAsync(MarketplaceDbContext db, long scope, IReadOnlyList<Guid> names) =>
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

    /// <summary>Finds a private file of this scope. The caller must have authorised the reader.</summary>
    public Task<FileView?> FindPrivateAsync(Guid name, long scope) =>
        FindAsync(name, file => file.State == FileState.Private && file.Scope == scope);

    /// <summary>Finds a file of a report. The caller must have authorised the reader by the evidence that names it.</summary>
    public Task<FileView?> FindEvidenceAsync(Guid name) => FindAsync(name, file => file.State == FileState.Evidence);

    /// <summary>SHA-256 of what is stored, in lower-case hex; null if there is no such file.</summary>
    public async Task<string?> DigestAsync(Guid name)
    {
        if (!File.Exists(PathOf(name)))
            return null;
        await using var content = File.OpenRead(PathOf(name));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }

    /// <summary>Finds a file of this scope until it is swept, also one that nobody reads any more: for evidence.</summary>
    public Task<FileView?> FindKeptAsync(Guid name, long scope) => FindAsync(name, file => file.Scope == scope);

    /// <summary>Finds a file of whatever state: for evidence that names it.</summary>
    public Task<FileView?> FindKeptAsync(Guid name) => FindAsync(name, file => true);

    /// <summary>The files of a scope that nobody reads any more, and that are not swept yet.</summary>
    public static IQueryable<StoredFile> Removed(MarketplaceDbContext db, long scope) =>
        db
            .Files.AsNoTracking()
            .Where(file =>
                file.State == FileState.Pending || file.State == FileState.Removed || file.State == FileState.Hidden
            )
            .Where(file => file.Scope == scope);

    public Task<FileView?> FindAsync(Guid name, long? readerId) =>
        FindAsync(
            name,
            file =>
                file.State == FileState.Attached
                || file.OwnerId == readerId && file.State != FileState.Removed && file.State != FileState.Hidden
        );

    /// <summary>Makes all of an owner's files pending, to be swept at once, in the caller's transaction.</summary>
    public static Task<int> ReleaseAllAsync(MarketplaceDbContext db, long ownerId) =>
        db
            .Files.Where(file => file.OwnerId == ownerId)
            .ExecuteUpdateAsync(file =>
                file.SetProperty(f => f.State, FileState.Pending).SetProperty(f => f.CreatedAt, DateTime.UnixEpoch)
            );

    /// <summary>All files of an owner, whoever may read them.</summary>
    public async Task<IReadOnlyList<FileView>> OwnAsync(long ownerId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var found = await db.Files.AsNoTracking().Where(file => file.OwnerId == ownerId).ToListAsync(cancellation);
        return [.. found.Select(file => new FileView(PathOf(file.Name), file.ContentType, file.CreatedAt, false))];
    }

    public async Task<StoredFile> PlaceOwnAsync(byte[] bytes)
    {
        var file = Facts(bytes, FileState.Attached, ownerId: 0);
        Directory.CreateDirectory(settings.Folder);
        await File.WriteAllBytesAsync(PathOf(file.Name), bytes);
        return file;
    }

    public async Task<int> SweepAsync(IKeptFiles kept, CancellationToken cancellation)
    {
        var limit = clock.GetUtcNow().UtcDateTime - PendingLife;
        await using var db = await database.CreateDbContextAsync(cancellation);
        var old = await Unowned(db)
            .Where(file => file.CreatedAt < limit)
            .Select(file => new UnownedFile(file.Name, file.Scope))
            .ToListAsync(cancellation);
        var stay = await kept.AmongAsync(db, old, cancellation);
        var swept = 0;
        foreach (var name in old.Select(file => file.Name).Except(stay))
            swept += await SweepAsync(name) ? 1 : 0;
        return swept;
    }

    /// <summary>Removes files without a record; spares recent ones, whose upload may be under way.</summary>
    public async Task<int> RemoveStraysAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(settings.Folder))
            return 0;
        var limit = clock.GetUtcNow().UtcDateTime - PendingLife;
        var removed = 0;
        foreach (var some in Directory.EnumerateFiles(settings.Folder).Where(path => IsOurs(path, limit)).Chunk(500))
        {
            var names = some.Select(path => Guid.Parse(Path.GetFileName(path))).ToList();
            await using var db = await database.CreateDbContextAsync(cancellation);
            var known = await db
                .Files.Where(file => names.Contains(file.Name))
                .Select(f => f.Name)
                .ToListAsync(cancellation);
            foreach (var stray in names.Except(known))
                removed += TryDelete(PathOf(stray)) ? 1 : 0;
        }
        return removed;
    }

    private static bool IsOurs(string path, DateTime before) =>
        Guid.TryParseExact(Path.GetFileName(path), "N", out _) && File.GetLastWriteTimeUtc(path) < before;

    private static IQueryable<StoredFile> Unowned(MarketplaceDbContext db) =>
        db.Files.Where(file => file.State == FileState.Pending || file.State == FileState.Removed);

    // Deletes the record first, and only if it is still unowned: the file may be claimed concurrently.
    private async Task<bool> SweepAsync(Guid name)
    {
        var removed = await transactions.InTransactionAsync(db =>
            Unowned(db).Where(file => file.Name == name).ExecuteDeleteAsync()
        );
        if (removed > 0)
            TryDelete(PathOf(name));
        return removed > 0;
    }

    private async Task<FileView?> FindAsync(Guid name, Expression<Func<StoredFile, bool>> allowed)
    {
        await using var db = await database.CreateDbContextAsync();
        var file = await db
            .Files.AsNoTracking()
            .Where(f => f.Name == name)
            .Where(allowed)
            .Select(f => new
            {
                f.ContentType,
                f.CreatedAt,
                f.State,
            })
            .SingleOrDefaultAsync();
        return file is null
            ? null
            : new FileView(PathOf(name), file.ContentType, file.CreatedAt, file.State == FileState.Attached);
    }

    private string PathOf(Guid name) => Path.Combine(settings.Folder, name.ToString("N"));

    private async Task<bool> TryWriteAsync(Guid name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(settings.Folder);
            await File.WriteAllBytesAsync(PathOf(name), bytes, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError("A file of {Bytes} bytes could not be stored: {Reason}", bytes.Length, exception.Message);
            return false;
        }
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private Task<bool> RecordAsync(IReadOnlyList<StoredFile> files, Func<MarketplaceDbContext, Task<bool>> mayAdd) =>
        transactions.InTransactionAsync(async db =>
        {
            if (!await mayAdd(db))
                return false;
            db.Files.AddRange(files);
            return true;
        });

    private StoredFile Facts(ReadOnlySpan<byte> bytes, FileState state, long ownerId)
    {
        var picture = Picture.Recognise(bytes) ?? throw new InvalidDataException("The picture cannot be read.");
        return new()
        {
            Name = Guid.NewGuid(),
            OwnerId = ownerId,
            ContentType = picture.ContentType,
            Size = bytes.Length,
            Width = picture.Width,
            Height = picture.Height,
            State = state,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
    }
}
