using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>
/// Brings what was written from the write-ahead log into the database's file, on a thread of its own: within a commit it
/// would hold up everybody who waits for that commit (bench/README.md). First the most of it, beside the writers; then,
/// as they went on meanwhile, the little that is left in a turn of its own, so that the log can begin anew.
/// </summary>
internal sealed class SqliteCheckpoints(DatabaseSettings settings, WriteGate gate, ILogger<SqliteCheckpoints> log)
    : BackgroundService
{
    /// <summary>In pages: 32 MiB. A connection that meets twice as much checkpoints by itself, which bounds the log.</summary>
    public const int Due = 8_000;

    private readonly AutoResetEvent due = new(false);
    private int written;

    /// <summary>Notes that the journal wrote so many pages.</summary>
    public void Wrote(int pages)
    {
        written += pages;
        if (written < Due)
            return;
        written = 0;
        due.Set();
    }

    public override void Dispose()
    {
        due.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => Run(stoppingToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );

    private void Run(CancellationToken stopping)
    {
        while (WaitHandle.WaitAny([due, stopping.WaitHandle]) == 0)
        {
            try
            {
                Checkpoint(stopping);
            }
            catch (SqliteException exception)
            {
                log.LogWarning("The write-ahead log could not be brought in: {Reason}", exception.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Checkpoint(CancellationToken stopping)
    {
        var builder = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        using var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        SqliteConnections.Prepare(connection);
        Pass(connection);
        using var turn = gate.EnterAsync(stopping).GetAwaiter().GetResult();
        Pass(connection);
    }

    // Passive: as far as it comes without waiting for anybody who reads or writes.
    private static void Pass(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _),
            connection.Handle
        );
}
