using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data.Journal;
using Marketplace.Web.Shared;
using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data.Search;

/// <summary>
/// Writes the message index on one connection, within the caller's transaction: what is found by, and each word once, so
/// that a search knows the words that begin like what is typed. Discarded when the transaction fails.
/// </summary>
internal sealed class SqliteIndexWriter(SqliteConnection connection) : IDisposable
{
    /// <summary>Words that are known to be stored; some megabytes.</summary>
    private const int MaxKnown = 50_000;

    private readonly SqliteStatement insert = new(connection, "INSERT INTO MessageIndex (rowid, Words) VALUES (?, ?)");
    private readonly SqliteStatement replace = new(
        connection,
        "REPLACE INTO MessageIndex (rowid, Words) VALUES (?, ?)"
    );
    private readonly SqliteStatement learn = new(connection, "INSERT OR IGNORE INTO MessageTerms (Term) VALUES (?)");
    private readonly SqliteIndexMerging merging = new(connection);
    private readonly HashSet<string> known = [];

    /// <summary>Adds messages, in the rising order of their ids.</summary>
    public void Add(IndexedMessage message) => Write(insert, message);

    /// <summary>Lets a message be found by its present words.</summary>
    public void Replace(IndexedMessage message) => Write(replace, message);

    /// <summary>Merges as much as so many new messages ask for: see <see cref="SqliteIndexMerging"/>.</summary>
    public void Merge(int messages) => merging.Step(messages);

    public void Dispose()
    {
        insert.Dispose();
        replace.Dispose();
        learn.Dispose();
        merging.Dispose();
    }

    private void Write(SqliteStatement write, IndexedMessage message)
    {
        var words = Words.Line(message.Body);
        Learn(words);
        write
            .With(message.Id)
            .With(words + string.Join(' ', message.MemberIds.Select(SqliteMessageIndex.Member)))
            .Run();
    }

    private void Learn(ReadOnlySpan<char> words)
    {
        if (known.Count > MaxKnown)
            known.Clear();
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var part in words.Split(' '))
        {
            var word = words[part];
            if (SearchWord.CanBeBegun(word) && lookup.Add(word))
                learn.With(word.ToString()).Run();
        }
    }
}
