using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>Brings the database up to date before the first request, or says in one line why it can't.</summary>
public sealed class DatabaseStart(
    IDbContextFactory<MarketplaceDbContext> database,
    DatabaseSettings settings,
    TimeProvider clock,
    ILogger<DatabaseStart> log
)
{
    /// <summary>How long a SQL Server that is still coming up is waited for.</summary>
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

    // A file of somebody else must not get our tables, nor one of a later version be written by an earlier.
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

/// <summary>The database cannot be opened or brought up to date; its message is the one line that is printed.</summary>
public sealed class DatabaseUnavailableException(string where, string reason, Exception? cause = null)
    : Exception($"The database {where} cannot be used: {reason}", cause)
{
    public DatabaseUnavailableException(string where, Exception cause)
        : this(where, cause.Message, cause) { }
}
