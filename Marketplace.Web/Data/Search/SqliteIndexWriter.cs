using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data.Journal;
using Marketplace.Web.Shared;
using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data.Search;

/// <summary>Writes messages, and each word once for prefix searches. Discard it if the transaction fails.</summary>
internal sealed class SqliteIndexWriter(SqliteConnection connection) : IDisposable
{
    // Words known to be stored; some megabytes.
    private const int MaxKnown = 50_000;

    private readonly SqliteStatement insert = new(connection, "INSERT INTO MessageIndex (rowid, Words) VALUES (?, ?)");
    private readonly SqliteStatement replace = new(
        connection,
        "REPLACE INTO MessageIndex (rowid, Words) VALUES (?, ?)"
    );
    private readonly SqliteStatement learn = new(connection, "INSERT OR IGNORE INTO MessageTerms (Term) VALUES (?)");
    private readonly SqliteIndexMerging merging = new(connection);
    private readonly HashSet<string> known = [];

    /// <summary>Adds messages in ascending order of id.</summary>
    public void Add(IndexedMessage message) => Write(insert, message);

    public void Replace(IndexedMessage message) => Write(replace, message);

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
