using Marketplace.Web.Chat.Journal;

namespace Marketplace.Web.Data.Journal;

/// <summary>The journal's store on SQLite: prepared commands on one connection that stays open.</summary>
internal sealed class SqliteJournalStore(DatabaseSettings settings, WriteGate gate, SqliteCheckpoints checkpoints)
    : IJournalStore,
        IDisposable
{
    private SqliteJournalConnection? open;

    public async Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work)
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        var connection = open ??= new SqliteJournalConnection(settings);
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
            // Whatever state it is in, closing takes back what was not committed; the next transaction opens anew.
            open = null;
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => open?.Dispose();
}
