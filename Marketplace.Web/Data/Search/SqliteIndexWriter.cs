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
    private readonly SqliteStatement remove = new(
        connection,
        "INSERT INTO MessageIndex (MessageIndex, rowid, Words) VALUES ('delete', ?, ?)"
    );
    private readonly SqliteStatement learn = new(connection, "INSERT OR IGNORE INTO MessageTerms (Term) VALUES (?)");
    private readonly SqliteStatement unlearn = new(
        connection,
        "DELETE FROM MessageTerms WHERE Term = ? AND NOT EXISTS "
            + "(SELECT 1 FROM MessageIndex WHERE MessageIndex MATCH '\"' || Term || '\"')"
    );
    private readonly SqliteIndexMerging merging = new(connection);
    private readonly HashSet<string> known = [];

    /// <summary>Adds messages in ascending order of id.</summary>
    public void Add(IndexedMessage message)
    {
        var words = Words.Line(message.Body);
        Learn(words);
        insert
            .With(message.Id)
            .With(words + string.Join(' ', message.MemberIds.Select(SqliteMessageIndex.Member)))
            .Run();
    }

    /// <summary>Writes the difference only: FTS5 loses entries of a word that a message loses and gets at once.</summary>
    public void Replace(long id, string before, string after)
    {
        var (had, has) = (Words.Tokens(before).ToHashSet(), Words.Tokens(after).ToHashSet());
        var (gone, added) = (had.Except(has).ToList(), string.Join(' ', has.Except(had)));
        remove.With(id).With(string.Join(' ', gone)).Run();
        insert.With(id).With(added).Run();
        gone.ForEach(Unlearn);
        Learn(added);
    }

    public void Remove(IndexedMessage message)
    {
        var words = Words.Tokens(message.Body).ToHashSet();
        var members = message.MemberIds.Select(SqliteMessageIndex.Member);
        remove.With(message.Id).With(string.Join(' ', words.Concat(members))).Run();
        foreach (var word in words)
            Unlearn(word);
    }

    public void Merge(int messages) => merging.Step(messages);

    public void Dispose()
    {
        insert.Dispose();
        remove.Dispose();
        learn.Dispose();
        unlearn.Dispose();
        merging.Dispose();
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

    // What nobody has written any longer may have been private, as a number is.
    private void Unlearn(string word)
    {
        known.Remove(word);
        unlearn.With(word).Run();
    }
}
