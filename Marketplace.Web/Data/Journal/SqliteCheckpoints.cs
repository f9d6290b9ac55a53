using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>Copies the log on its own thread: within a commit it would delay all who wait (bench/README.md).</summary>
internal sealed class SqliteCheckpoints(DatabaseSettings settings, ILogger<SqliteCheckpoints> log) : BackgroundService
{
    // Pages: 32 MiB. At twice as many a connection checkpoints by itself, which bounds the log.
    public const int Due = 8_000;

    private readonly AutoResetEvent due = new(false);
    private int written;
    private bool isMostIn;

    public void Wrote(int pages)
    {
        written += pages;
        if (written < Due)
            return;
        written = 0;
        due.Set();
    }

    /// <summary>Copies the rest, between two transactions of this connection and inside the write gate.</summary>
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

    // Passive: waits for no reader or writer; what it leaves is done next time.
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
