using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Search;

/// <summary>
/// SQLite's FTS5, without the texts themselves. Its own folding stays unused (it makes "ano" find "año"): what it gets
/// are our words, and its ASCII tokenizer leaves every other character alone.
/// </summary>
internal sealed class SqliteMessageIndex : IMessageIndex
{
    /// <summary>For the migration that makes the table.</summary>
    public const string Create =
        "CREATE VIRTUAL TABLE MessageIndex USING fts5(Words, content='', contentless_delete=1, detail=none, prefix='2 3', "
        + "tokenize=\"ascii tokenchars '_'\")";

    /// <summary>For a migration: see <see cref="SqliteIndexMerging"/>.</summary>
    public const string MergeByHand = "INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('automerge', 0)";

    /// <summary>Merges up to so many pages, where there is something to merge.</summary>
    public const string Merge = "INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('merge', ?)";

    public const string Insert = "INSERT INTO MessageIndex (rowid, Words) VALUES (?, ?)";

    public const string Replace = "REPLACE INTO MessageIndex (rowid, Words) VALUES (?, ?)";

    /// <summary>The words of a message and its members; no word begins with the members' sign.</summary>
    public static string Tokens(IndexedMessage message) =>
        Words.Line(message.Body) + string.Join(' ', message.MemberIds.Select(Member));

    public async Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
    {
        // By thousands at a time, when nobody waits.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO MessageIndex (MessageIndex, rank) VALUES ('merge', {messages.Count / 8})"
        );
        foreach (var message in messages)
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO MessageIndex (rowid, Words) VALUES ({message.Id}, {Tokens(message)})"
            );
    }

    public Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message) =>
        db.Database.ExecuteSqlAsync(
            $"REPLACE INTO MessageIndex (rowid, Words) VALUES ({message.Id}, {Tokens(message)})"
        );

    public async Task<IReadOnlyList<long>> FindAsync(
        MarketplaceDbContext db,
        long userId,
        IReadOnlyList<Sought> words,
        long before,
        int limit
    )
    {
        var match = string.Join(" AND ", words.SelectMany(Phrases).Prepend($"\"{Member(userId)}\""));
        return await db
            .Database.SqlQuery<long>(
                $"""
                SELECT rowid AS Value FROM MessageIndex WHERE MessageIndex MATCH {match} AND rowid < {before}
                ORDER BY rowid DESC LIMIT {limit}
                """
            )
            .ToListAsync();
    }

    public Task<long> NewestAsync(MarketplaceDbContext db) =>
        db.Database.SqlQuery<long>($"SELECT coalesce(max(id), 0) AS Value FROM MessageIndex_docsize").SingleAsync();

    public Task PrepareAsync(MarketplaceDbContext db) => Task.CompletedTask;

    public Task ClearAsync(MarketplaceDbContext db) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO MessageIndex (MessageIndex) VALUES ('delete-all')");

    private static IEnumerable<string> Phrases(Sought word) =>
        word.Tokens.Select(token => word.Begins ? $"\"{token}\" *" : $"\"{token}\"");

    private static string Member(long userId) => FormattableString.Invariant($"_{userId}");
}
