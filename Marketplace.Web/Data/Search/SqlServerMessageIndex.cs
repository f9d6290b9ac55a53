using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Search;

internal sealed class MessageWords
{
    public long MessageId { get; set; }
    public string Words { get; set; } = "";

    public static MessageWords Of(IndexedMessage message) =>
        new() { MessageId = message.Id, Words = SqlServerMessageIndex.Text(message) };
}

/// <summary>Without full-text search, reads a person's messages, newest first: for a rare word, all.</summary>
internal sealed class SqlServerMessageIndex(ILogger<SqlServerMessageIndex> log) : IMessageIndex
{
    private bool hasFullText;

    public async Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
    {
        db.AddRange(messages.Select(MessageWords.Of));
        await db.SaveChangesAsync();
    }

    public Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message, string before) =>
        db.Set<MessageWords>()
            .Where(words => words.MessageId == message.Id)
            .ExecuteUpdateAsync(words => words.SetProperty(w => w.Words, Text(message)));

    public Task RemoveAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
    {
        var ids = messages.Select(message => message.Id).ToArray();
        return db.Set<MessageWords>().Where(words => ids.Contains(words.MessageId)).ExecuteDeleteAsync();
    }

    public async Task<IReadOnlyList<long>> FindAsync(
        MarketplaceDbContext db,
        long? userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    ) =>
        await (
            hasFullText
                ? SearchQueries.ByFullText(db, userId, words, before, limit)
                : SearchQueries.ByReading(db, userId, words, before, limit)
        ).ToListAsync();

    public async Task<long> NewestAsync(MarketplaceDbContext db) =>
        await db.Set<MessageWords>().MaxAsync(words => (long?)words.MessageId) ?? 0;

    public IQueryable<Message> Missing(MarketplaceDbContext db, long after) =>
        db.Messages.Where(m => m.Id > after && !db.Set<MessageWords>().Any(words => words.MessageId == m.Id));

    public Task ClearAsync(MarketplaceDbContext db) => db.Set<MessageWords>().ExecuteDeleteAsync();

    public async Task PrepareAsync(MarketplaceDbContext db)
    {
        try
        {
            var installed = await db
                .Database.SqlQuery<int>(
                    $"SELECT coalesce(cast(SERVERPROPERTY('IsFullTextInstalled') AS int), 0) AS Value"
                )
                .SingleAsync();
            hasFullText = installed == 1;
            if (hasFullText)
                await MakeFullTextAsync(db);
            else
                log.LogWarning("Messages are searched the slower way: full text is not installed on this SQL Server");
        }
        catch (Microsoft.Data.SqlClient.SqlException exception)
        {
            hasFullText = false;
            log.LogWarning("Messages are searched the slower way, without full text: {Reason}", exception.Message);
        }
    }

    private static async Task MakeFullTextAsync(MarketplaceDbContext db)
    {
        await db.Database.ExecuteSqlAsync(
            $"IF NOT EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE name = 'Marketplace') CREATE FULLTEXT CATALOG Marketplace WITH ACCENT_SENSITIVITY = ON"
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            IF NOT EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE object_id = OBJECT_ID('MessageWords'))
            CREATE FULLTEXT INDEX ON MessageWords (Words LANGUAGE 0) KEY INDEX PK_MessageWords ON Marketplace
            WITH STOPLIST = OFF
            """
        );
    }

    internal static string Text(IndexedMessage message) =>
        $" {string.Join(' ', Words.Tokens(message.Body).Distinct().Select(SearchQueries.Stored).Concat(message.MemberIds.Select(SearchQueries.Member)))} ";
}

internal static class SearchQueries
{
    public static IQueryable<long> ByFullText(
        MarketplaceDbContext db,
        long? userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    )
    {
        var match = string.Join(
            " AND ",
            words
                .SelectMany(Stored)
                .Select(word => $"\"{word.Token}{(word.Begins ? "*" : "")}\"")
                .Concat(userId is { } member ? [$"\"{Member(member)}\""] : [])
        );
        return Newest(db.Set<MessageWords>().Where(w => EF.Functions.Contains(w.Words, match)), before, limit);
    }

    public static IQueryable<long> ByReading(
        MarketplaceDbContext db,
        long? userId,
        IReadOnlyList<SearchWord> words,
        long before,
        int limit
    )
    {
        var found = userId is null
            ? db.Set<MessageWords>()
            : from membership in db.Memberships
            where membership.UserId == userId
            join message in db.Messages on membership.RoomId equals message.RoomId
            join entry in db.Set<MessageWords>() on message.Id equals entry.MessageId
            select entry;
        foreach (var (token, begins) in words.SelectMany(Stored))
        {
            var within = begins ? $" {token}" : $" {token} ";
            found = found.Where(entry => entry.Words.Contains(within));
        }
        return Newest(found, before, limit);
    }

    /// <summary>A member's token: word breakers keep it whole, and no folded word contains it.</summary>
    internal static string Member(long userId) => FormattableString.Invariant($"member_{userId}");

    /// <summary>Spells a token by its code points if word breakers could split it.</summary>
    internal static string Stored(string token) =>
        token.All(character => character < '\u0E00' && char.IsLetterOrDigit(character))
            ? token
            : "sign" + string.Concat(token.EnumerateRunes().Select(rune => $"_{rune.Value:x}"));

    private static IEnumerable<(string Token, bool Begins)> Stored(SearchWord word) =>
        word.Tokens.Select(token => (Stored(token), word.Begins));

    private static IQueryable<long> Newest(IQueryable<MessageWords> found, long before, int limit) =>
        found
            .Where(entry => entry.MessageId < before)
            .OrderByDescending(entry => entry.MessageId)
            .Take(limit)
            .Select(entry => entry.MessageId);
}
