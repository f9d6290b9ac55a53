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
        var turn = await OpenAsync(db, cancellation);
        try
        {
            await TakeTurnAsync(turn, cancellation);
            await RefuseLockingReadsAsync(db, cancellation);
            await DatabaseStart.MigrateAsync(db, cancellation);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    // EF would ask for a minute whether there is one, also after a refused login. It creates with READ_COMMITTED_SNAPSHOT.
    private async Task<SqlConnection> OpenAsync(MarketplaceDbContext db, CancellationToken cancellation)
    {
        try
        {
            return await ConnectAsync(cancellation);
        }
        catch (SqlException exception) when (exception.Number == TransientFaults.MissingDatabase)
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellation);
            return await ConnectAsync(cancellation);
        }
    }

    // Unpooled: closing ends the session, and with it the turn, as the end of the process does.
    private async Task<SqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        var builder = new SqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        var connection = new SqlConnection(builder.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task TakeTurnAsync(SqlConnection connection, CancellationToken cancellation)
    {
        for (var isFirst = true; !await HasTurnAsync(connection, cancellation); isFirst = false)
        {
            if (isFirst)
                log.LogInformation("Another process prepares the database on {Where}; this one waits", Where);
            await Task.Delay(DatabaseStart.Pause, clock, cancellation);
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
