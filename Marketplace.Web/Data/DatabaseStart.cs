using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>Migrates the database before the first request, or fails with a one-line reason.</summary>
public sealed class DatabaseStart(
    IDbContextFactory<MarketplaceDbContext> database,
    DatabaseSettings settings,
    TimeProvider clock,
    ILogger<DatabaseStart> log
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        var giveUp = clock.GetUtcNow() + Patience;
        while (!await TryMigrateAsync(lastTry: clock.GetUtcNow() >= giveUp, cancellation))
            await Task.Delay(Pause, clock, cancellation);
    }

    private async Task<bool> TryMigrateAsync(bool lastTry, CancellationToken cancellation)
    {
        try
        {
            CreateFolder();
            await using var db = await database.CreateDbContextAsync(cancellation);
            if (settings.Provider == DatabaseProvider.Sqlite)
                await RefuseForeignAsync(db, cancellation);
            await db.Database.MigrateAsync(cancellation);
            if (settings.Provider == DatabaseProvider.Sqlite)
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
            return true;
        }
        catch (SqlException exception) when (!lastTry)
        {
            log.LogWarning(
                "SQL Server does not answer yet, trying again in {Pause}: {Reason}",
                Pause,
                exception.Message
            );
            return false;
        }
        catch (Exception exception)
            when (exception is SqliteException or SqlException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(Where(), exception);
        }
    }

    // Refuses files of other programs, and databases that a later version has migrated.
    private async Task RefuseForeignAsync(MarketplaceDbContext db, CancellationToken cancellation)
    {
        var tables = await db
            .Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table'")
            .ToListAsync(cancellation);
        if (tables.Count == 0)
            return;
        if (!tables.Contains("__EFMigrationsHistory"))
            throw new DatabaseUnavailableException(Where(), "it holds tables of something else.");
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellation);
        if (applied.Except(db.Database.GetMigrations()).Any())
            throw new DatabaseUnavailableException(Where(), "it was written by a newer version.");
    }

    private void CreateFolder()
    {
        if (settings.Provider == DatabaseProvider.Sqlite && Path.GetDirectoryName(File()) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }

    private string Where() =>
        settings.Provider == DatabaseProvider.Sqlite
            ? File()
            : new SqlConnectionStringBuilder(settings.ConnectionString).DataSource;

    private string File() => new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
}

public sealed class DatabaseUnavailableException(string where, string reason, Exception? cause = null)
    : Exception($"The database {where} cannot be used: {reason}", cause)
{
    public DatabaseUnavailableException(string where, Exception cause)
        : this(where, cause.Message, cause) { }
}
