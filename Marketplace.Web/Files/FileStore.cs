using System.Linq.Expressions;
using System.Security.Cryptography;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Files;

/// <param name="IsPublic">Part of a listing: everybody may read and keep it.</param>
public sealed record FileView(Guid Name, string ContentType, DateTime CreatedAt, bool IsPublic);

/// <summary>Uploads, under random names outside wwwroot; readable by the owner only until claimed.</summary>
public sealed class FileStore(
    IFileContents contents,
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
                foreach (var file in files)
                    await contents.TryDeleteAsync(new(file.Name));
        }
    }

    /// <summary>Finds a private file of this scope. The caller must have authorised the reader.</summary>
    public Task<FileView?> FindPrivateAsync(Guid name, long scope) =>
        FindAsync(name, file => file.State == FileState.Private && file.Scope == scope);

    /// <summary>Finds a file of a report. The caller must have authorised the reader by the evidence that names it.</summary>
    public Task<FileView?> FindEvidenceAsync(Guid name) => FindAsync(name, file => file.State == FileState.Evidence);

    /// <summary>What is in it; null if its bytes are lost.</summary>
    /// <exception cref="IOException">It cannot be read at the moment.</exception>
    public Task<Stream?> OpenAsync(FileView file, CancellationToken cancellation) =>
        contents.OpenAsync(new(file.Name), cancellation);

    /// <summary>SHA-256 of what is stored, in lower-case hex; null if there is no such file.</summary>
    public async Task<string?> DigestAsync(Guid name)
    {
        await using var content = await contents.OpenAsync(new(name), CancellationToken.None);
        return content is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }

    /// <summary>Finds a file of this scope until it is swept, also one that nobody reads any more: for evidence.</summary>
    public Task<FileView?> FindKeptAsync(Guid name, long scope) => FindAsync(name, file => file.Scope == scope);

    /// <summary>Finds a file of whatever state: for evidence that names it.</summary>
    public Task<FileView?> FindKeptAsync(Guid name) => FindAsync(name, file => true);

    public Task<FileView?> FindAsync(Guid name, long? readerId) =>
        FindAsync(
            name,
            file =>
                file.State == FileState.Attached
                || file.OwnerId == readerId && file.State != FileState.Removed && file.State != FileState.Hidden
        );

    /// <summary>All files of an owner, whoever may read them.</summary>
    public async Task<IReadOnlyList<FileView>> OwnAsync(long ownerId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var found = await db.Files.AsNoTracking().Where(file => file.OwnerId == ownerId).ToListAsync(cancellation);
        return [.. found.Select(file => new FileView(file.Name, file.ContentType, file.CreatedAt, false))];
    }

    public async Task<StoredFile> PlaceOwnAsync(byte[] bytes)
    {
        var file = Facts(bytes, FileState.Attached, ownerId: 0);
        await WriteAsync(file.Name, bytes, CancellationToken.None);
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
        var limit = clock.GetUtcNow().UtcDateTime - PendingLife;
        var removed = 0;
        await foreach (
            var some in contents.NamesAsync("", limit, cancellation).Chunk(500).WithCancellation(cancellation)
        )
        {
            var names = some.Select(file => file.Name).ToList();
            await using var db = await database.CreateDbContextAsync(cancellation);
            var known = await db
                .Files.Where(file => names.Contains(file.Name))
                .Select(f => f.Name)
                .ToListAsync(cancellation);
            foreach (var stray in names.Except(known))
                removed += await contents.TryDeleteAsync(new(stray)) ? 1 : 0;
        }
        return removed;
    }

    private static IQueryable<StoredFile> Unowned(MarketplaceDbContext db) =>
        db.Files.Where(file => file.State == FileState.Pending || file.State == FileState.Removed);

    // Deletes the record first, and only if it is still unowned: the file may be claimed concurrently.
    private async Task<bool> SweepAsync(Guid name)
    {
        var removed = await transactions.InTransactionAsync(db =>
            Unowned(db).Where(file => file.Name == name).ExecuteDeleteAsync()
        );
        if (removed > 0)
            await contents.TryDeleteAsync(new(name));
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
            : new FileView(name, file.ContentType, file.CreatedAt, file.State == FileState.Attached);
    }

    private async Task<bool> TryWriteAsync(Guid name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(name, bytes, cancellation);
            return true;
        }
        catch (IOException exception)
        {
            log.LogError("A file of {Bytes} bytes could not be stored: {Reason}", bytes.Length, exception.Message);
            return false;
        }
    }

    private Task WriteAsync(Guid name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        contents.WriteAsync(new(name), file => file.WriteAsync(bytes, cancellation).AsTask(), cancellation);

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
