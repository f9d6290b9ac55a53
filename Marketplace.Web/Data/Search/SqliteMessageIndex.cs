using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Search;

/// <summary>FTS5 without texts. Its folding, by which "ano" finds "año", is unused: it gets folded words.</summary>
internal sealed class SqliteMessageIndex : IMessageIndex
{
    public const string Create =
        "CREATE VIRTUAL TABLE MessageIndex USING fts5(Words, content='', detail=none, "
        + "tokenize=\"ascii tokenchars '_'\")";

    public const string CreateTerms = "CREATE TABLE MessageTerms (Term TEXT PRIMARY KEY) WITHOUT ROWID";

    /// <summary>For a migration: see <see cref="SqliteIndexMerging"/>.</summary>
    public const string MergeByHand = "INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('automerge', 0)";

    /// <summary>For a migration: a removed word leaves the file at once, not when segments are merged.</summary>
    public const string RemoveAtOnce = "INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('secure-delete', 1)";

    public const string Merge = "INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('merge', ?)";

    public Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
    {
        using var writer = Writer(db);
        writer.Merge(messages.Count);
        foreach (var message in messages)
            writer.Add(message);
        return Task.CompletedTask;
    }

    public Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message, string before)
    {
        using var writer = Writer(db);
        writer.Replace(message.Id, before, message.Body);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
    {
        using var writer = Writer(db);
        foreach (var message in messages)
            writer.Remove(message);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<long>> FindAsync(
        MarketplaceDbContext db,
        long? userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    )
    {
        var match = new List<string>();
        if (userId is { } member)
            match.Add(All([Member(member)]));
        foreach (var word in words)
            match.Add(word.Begins ? await BegunAsync(db, word.Text) : All(word.Tokens));
        var asked = string.Join(" AND ", match);
        return await db
            .Database.SqlQuery<long>(
                $"""
                SELECT rowid AS Value FROM MessageIndex WHERE MessageIndex MATCH {asked} AND rowid < {before}
                ORDER BY rowid DESC LIMIT {limit}
                """
            )
            .ToListAsync();
    }

    public Task<long> NewestAsync(MarketplaceDbContext db) =>
        db.Database.SqlQuery<long>($"SELECT coalesce(max(id), 0) AS Value FROM MessageIndex_docsize").SingleAsync();

    public IQueryable<Message> Missing(MarketplaceDbContext db, long after) =>
        db.Messages.FromSql(
            $"""
            SELECT * FROM Messages WHERE Id > {after}
                AND NOT EXISTS (SELECT 1 FROM MessageIndex_docsize WHERE id = Messages.Id)
            """
        );

    public Task PrepareAsync(MarketplaceDbContext db) => Task.CompletedTask;

    public async Task ClearAsync(MarketplaceDbContext db)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO MessageIndex (MessageIndex) VALUES ('delete-all')");
        await db.Database.ExecuteSqlAsync($"DELETE FROM MessageTerms");
    }

    // Explicit words: FTS5 would collect every word's messages first; its prefix index costs as much as the index.
    private static async Task<string> BegunAsync(MarketplaceDbContext db, string start)
    {
        var (after, most) = (
            Folding.After(start),
            start.Length == 2 ? 16
            : start.Length == 3 ? 64
            : 256
        );
        var words = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT Term AS Value FROM MessageTerms WHERE Term >= {start} AND Term < {after}
                ORDER BY length(Term), Term LIMIT {most}
                """
            )
            .ToListAsync();
        // A word that no message has.
        return words.Count == 0 ? All([start]) : $"({string.Join(" OR ", words.Select(word => $"\"{word}\""))})";
    }

    private static string All(IEnumerable<string> tokens) =>
        string.Join(" AND ", tokens.Select(token => $"\"{token}\""));

    private static SqliteIndexWriter Writer(MarketplaceDbContext db) =>
        new((SqliteConnection)db.Database.GetDbConnection());

    /// <summary>A member's token; no word begins like it.</summary>
    internal static string Member(long userId) => FormattableString.Invariant($"_{userId}");
}
