using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Data.Journal;

internal sealed class SqliteJournalStore(
    DatabaseSettings settings,
    NoticeSettings notices,
    WriteGate gate,
    SqliteCheckpoints checkpoints
) : IJournalStore, IDisposable
{
    private SqliteJournalConnection? open;

    public async Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work)
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        var connection = open ??= new SqliteJournalConnection(settings, notices);
        try
        {
            checkpoints.Finish(connection.Connection);
            connection.Begin();
            var result = await work(connection);
            checkpoints.Wrote(await connection.CommitAsync());
            return result;
        }
        catch
        {
            // Closing rolls back, whatever the state; the next transaction opens a new connection.
            open = null;
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => open?.Dispose();
}
