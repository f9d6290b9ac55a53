using Marketplace.Web.Data.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Search;

/// <summary>Merges a little per transaction: FTS5's bursts take 60 ms and more in a commit (bench/README.md).</summary>
internal sealed class SqliteIndexMerging(SqliteConnection connection) : IDisposable
{
    // Rows of FTS5's tables to merge on all levels: per transaction, and one more per so many messages.
    private const int ByTransaction = 4;
    private const int MessagesByRow = 4;

    private readonly SqliteStatement merge = new(connection, SqliteMessageIndex.Merge);
    private int due;

    // FTS5 ends a step only between two words, which may take many pages: later steps deduct the excess.
    public void Step(int messages)
    {
        due += ByTransaction + messages / MessagesByRow;
        if (due <= 0)
            return;
        var before = raw.sqlite3_total_changes(connection.Handle);
        // A page is a row of data and, mostly, one that finds it.
        merge.With(1 + due / 2).Run();
        var changes = raw.sqlite3_total_changes(connection.Handle) - before;
        // One change is the command itself: nothing is left to merge.
        due = changes < 2 ? 0 : due - changes;
    }

    public void Dispose() => merge.Dispose();
}
