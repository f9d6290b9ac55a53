using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Marketplace.Web.Data;

internal sealed class SqlServerPreparation(
    IDbContextFactory<MarketplaceDbContext> database,
    DatabaseSettings settings,
    TimeProvider clock,
    ILogger<SqlServerPreparation> log
) : IDatabasePreparation
{
    private const string TakeTurn = """
        DECLARE @taken int;
        EXEC @taken = sp_getapplock @Resource = N'Marketplace start', @LockMode = 'Exclusive', @LockOwner = 'Session',
            @LockTimeout = 0;
        SELECT @taken;
        """;

    public string Where { get; } = new SqlConnectionStringBuilder(settings.ConnectionString).DataSource;

    public async Task<IAsyncDisposable> PrepareAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        // Created by EF with READ_COMMITTED_SNAPSHOT on, if the login may create it.
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellation))
            await creator.CreateAsync(cancellation);
        var turn = await TakeTurnAsync(cancellation);
        try
        {
            await RefuseLockingReadsAsync(db, cancellation);
            await db.Database.MigrateAsync(cancellation);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    // Unpooled: closing ends the session, and with it the turn, as the end of the process does.
    private async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(
            new SqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ToString()
        );
        try
        {
            await connection.OpenAsync(cancellation);
            for (var isFirst = true; !await HasTurnAsync(connection, cancellation); isFirst = false)
            {
                if (isFirst)
                    log.LogInformation("Another process prepares the database on {Where}; this one waits", Where);
                await Task.Delay(DatabaseStart.Pause, clock, cancellation);
            }
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> HasTurnAsync(SqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = TakeTurn;
        return await command.ExecuteScalarAsync(cancellation) is >= 0;
    }

    // With locking reads, every reader would wait for the journal, and the journal for readers.
    private async Task RefuseLockingReadsAsync(MarketplaceDbContext db, CancellationToken cancellation)
    {
        var isOn = await db
            .Database.SqlQuery<bool>(
                $"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE database_id = DB_ID()"
            )
            .SingleAsync(cancellation);
        if (isOn)
            return;
        var name = db.Database.GetDbConnection().Database;
        throw new DatabaseUnavailableException(
            Where,
            $"READ_COMMITTED_SNAPSHOT is off; ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT ON switches it on."
        )
        {
            // Whoever creates it switches it on a moment later.
            MayPass = !(await db.Database.GetAppliedMigrationsAsync(cancellation)).Any(),
        };
    }
}
