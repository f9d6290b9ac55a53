using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>
/// Brings what was written from the write-ahead log into the database's file. The most of it on a thread of its own,
/// beside the writers: within a commit it would hold up everybody who waits for that commit (bench/README.md). As they
/// went on meanwhile, the journal brings in the little that is left before it begins its next transaction, so that the
/// log can begin anew: a turn of this thread's own would keep the journal waiting until both had been given the core.
/// </summary>
internal sealed class SqliteCheckpoints(DatabaseSettings settings, ILogger<SqliteCheckpoints> log) : BackgroundService
{
    /// <summary>In pages: 32 MiB. A connection that meets twice as much checkpoints by itself, which bounds the log.</summary>
    public const int Due = 8_000;

    private readonly AutoResetEvent due = new(false);
    private int written;
    private bool isMostIn;

    /// <summary>Notes that the journal wrote so many pages.</summary>
    public void Wrote(int pages)
    {
        written += pages;
        if (written < Due)
            return;
        written = 0;
        due.Set();
    }

    /// <summary>Brings in what is left, if the most of it is in. Between two transactions of this connection, in its turn.</summary>
    public void Finish(SqliteConnection connection)
    {
        if (Interlocked.Exchange(ref isMostIn, false))
            TryPass(connection);
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
                var builder = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
                using var connection = new SqliteConnection(builder.ToString());
                connection.Open();
                SqliteConnections.Prepare(connection);
                Volatile.Write(ref isMostIn, TryPass(connection));
            }
            catch (Exception exception)
            {
                Warn(exception.Message);
            }
        }
    }

    // Passive: as far as it comes without waiting for anybody who reads or writes. What it could not do it does next time.
    private bool TryPass(SqliteConnection connection)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle,
            "main",
            raw.SQLITE_CHECKPOINT_PASSIVE,
            out _,
            out _
        );
        if (result != raw.SQLITE_OK)
            Warn(raw.sqlite3_errmsg(connection.Handle).utf8_to_string());
        return result == raw.SQLITE_OK;
    }

    private void Warn(string reason) => log.LogWarning("The write-ahead log could not be brought in: {Reason}", reason);
}
