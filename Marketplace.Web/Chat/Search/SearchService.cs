using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Search;

/// <summary>Finds messages in the rooms of the person whose circuit or request this is.</summary>
public sealed class SearchService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IMessageIndex index
)
{
    public const int Page = 30;

    private const int MaxConversations = 10;

    /// <summary>More words than this narrow nothing.</summary>
    private const int MaxWords = 8;

    /// <summary>The words that a search of this text asks for.</summary>
    public static IReadOnlyList<SearchWord> Words(string? text)
    {
        var words = SearchWord.Of(text ?? "", MaxWords);
        // A word of which one letter is typed narrows nothing yet; else what the others find would go, and come back.
        return words is [_, .., { Begins: false, IsRun: false, Text.Length: 1 }] ? [.. words.SkipLast(1)] : words;
    }

    /// <summary>
    /// A page of the messages that have all these words, whatever their case and accents, and of the last one the beginning;
    /// newest first. Empty for a visitor, and for a text without a word.
    /// </summary>
    /// <param name="before">The <see cref="FoundView.Id"/> of the last row of the page before.</param>
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

    /// <summary>
    /// The person's newest conversations in which each word begins a word of the other's name or of the listing.
    /// </summary>
    public async Task<IReadOnlyList<InboxRowView>> ConversationsAsync(string? text)
    {
        var words = Words(text);
        if (words.Count == 0 || await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Named(db, me.Id, words, MaxConversations).ToListAsync();
    }
}
