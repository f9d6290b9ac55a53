using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Search;

public sealed class SearchService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IMessageIndex index
)
{
    public const int Page = 30;

    private const int MaxConversations = 10;

    private const int MaxWords = 8;

    public static IReadOnlyList<SearchWord> Words(string? text)
    {
        var words = SearchWord.Of(text ?? "", MaxWords);
        // A single typed letter is ignored after other words, as it would make their results flicker.
        return words is [_, .., { Begins: false, IsRun: false, Text.Length: 1 }] ? [.. words.SkipLast(1)] : words;
    }

    /// <summary>The newest messages with all words, the last as a prefix; ignores case and accents.</summary>
    public async Task<IReadOnlyList<FoundView>> FindAsync(string? text, long before = long.MaxValue, int limit = Page)
    {
        var words = Words(text);
        if (words.Count == 0 || await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        var ids = await index.FindAsync(db, me.Id, words, before, limit);
        var found = await MessageQueries.Found(db, me.Id, ids).ToListAsync();
        return [.. found.Select(one => one with { Matches = SearchWord.Find(one.Body, words) })];
    }

    /// <summary>The newest rooms in which each word starts a word of the listing or of the other name.</summary>
    public async Task<IReadOnlyList<InboxRowView>> ConversationsAsync(string? text)
    {
        var words = Words(text);
        if (words.Count == 0 || await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Named(db, me.Id, words, MaxConversations).ToListAsync();
    }
}
