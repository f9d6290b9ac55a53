using Marketplace.Web.Data.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Search;

/// <summary>
/// Merges the segments of the message index a little in each transaction. By itself FTS5 does it in bursts, within the
/// commit of whoever happens to write: 64 pages for each level, which is 60 ms and more for everybody who waits for that
/// commit (bench/README.md).
/// </summary>
internal sealed class SqliteIndexMerging(SqliteConnection connection) : IDisposable
{
    /// <summary>What a message alone, and one among many, bring with them on all levels: in rows of FTS5's tables.</summary>
    private const int ByTransaction = 4;
    private const int MessagesByRow = 4;

    private readonly SqliteStatement merge = new(connection, SqliteMessageIndex.Merge);
    private int due;

    /// <summary>
    /// FTS5 ends a step only between two words, and of a word that stands everywhere the entries are many pages: what a
    /// step did too much, later ones leave out.
    /// </summary>
    public void Step(int messages)
    {
        due += ByTransaction + messages / MessagesByRow;
        if (due <= 0)
            return;
        var before = raw.sqlite3_total_changes(connection.Handle);
        // A page is a row of data and, mostly, one that finds it.
        merge.With(1 + due / 2).Run();
        var changes = raw.sqlite3_total_changes(connection.Handle) - before;
        // One change is the command itself: then there is nothing to merge.
        due = changes < 2 ? 0 : due - changes;
    }

    public void Dispose() => merge.Dispose();
}
