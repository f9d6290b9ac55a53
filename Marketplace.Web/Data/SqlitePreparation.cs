using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

internal sealed class SqlitePreparation(
    IDbContextFactory<MarketplaceDbContext> database,
    DatabaseSettings settings,
    TimeProvider clock,
    ILogger<SqlitePreparation> log
) : IDatabasePreparation
{
    private const string History = "__EFMigrationsHistory";

    /// <summary>EF's lock is a row, which a killed process leaves behind; the next one would wait for ever.</summary>
    private const string EfLock = "__EFMigrationsLock";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public string Where { get; } = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;

    public async Task<IAsyncDisposable> PrepareAsync(CancellationToken cancellation)
    {
        CreateFolder();
        await using var db = await database.CreateDbContextAsync(cancellation);
        await RefuseForeignAsync(db, cancellation);
        var turn = await TakeTurnAsync(cancellation);
        try
        {
            if ((await TablesAsync(db, cancellation)).Contains(EfLock))
                await db.Database.ExecuteSqlRawAsync($"DELETE FROM {EfLock}", cancellation);
            await DatabaseStart.MigrateAsync(db, cancellation);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    private bool IsFile => Where != ":memory:" && !Where.StartsWith("file:", StringComparison.Ordinal);

    private void CreateFolder()
    {
        if (IsFile && Path.GetDirectoryName(Where) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }

    // Refuses files of other programs, and databases that a later version has migrated. Another process may be making it.
    private async Task RefuseForeignAsync(MarketplaceDbContext db, CancellationToken cancellation)
    {
        var tables = await TablesAsync(db, cancellation);
        if (tables.Count == 0 || tables.SequenceEqual([EfLock]))
            return;
        if (!tables.Contains(History))
            throw new DatabaseUnavailableException(Where, "it holds tables of something else.");
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellation);
        if (applied.Except(db.Database.GetMigrations()).Any())
            throw new DatabaseUnavailableException(Where, "it was written by a newer version.");
    }

    private static Task<List<string>> TablesAsync(MarketplaceDbContext db, CancellationToken cancellation) =>
        db
            .Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table'")
            .ToListAsync(cancellation);

    // A lock of the system on a file beside the database, which ends with the process that holds it.
    private async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        if (!IsFile)
            return Stream.Null;
        for (var isFirst = true; ; isFirst = false)
        {
            if (TryOpen($"{Where}-start") is { } turn)
                return turn;
            if (isFirst)
                log.LogInformation("Another process prepares the database {Where}; this one waits", Where);
            await Task.Delay(Look, clock, cancellation);
        }
    }

    private static FileStream? TryOpen(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(file))
        {
            return null;
        }
    }
}
