using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Rooms;

/// <summary>
/// Searches the messages of all rooms. The words, why, and each room of which something is shown are recorded before
/// it is shown.
/// </summary>
public sealed class MessageSearchService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IMessageIndex index,
    AuditRecord record
)
{
    public const int Page = 25;

    /// <summary>The newest messages with all words, the last as a prefix; ignores case and accents.</summary>
    /// <param name="before">The id of the last message shown.</param>
    public async Task<Portion<SupervisedFoundView>> FindAsync(Look look, string? text, long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return Portion<SupervisedFoundView>.None;
        var sought = VisibleText.Begin(VisibleText.Line(text), RoomFilter.MaxTextLength);
        var words = SearchService.Words(sought);
        if (words.Count == 0)
            return Portion<SupervisedFoundView>.None;
        await using var db = await database.CreateDbContextAsync();
        var ids = await index.FindAsync(db, userId: null, words, before, Page + 1);
        var read = await MessageQueries.FoundAnywhere(db, ids).ToListAsync();
        var found = new Portion<SupervisedFoundView>(
            [.. read.Select(one => one with { Matches = SearchWord.Find(one.Body, words) })],
            Page
        );
        await RecordAsync(administrator.Id, look, before == long.MaxValue ? sought : null, found.Rows);
        return found;
    }

    private Task RecordAsync(long administratorId, Look look, string? sought, IReadOnlyList<SupervisedFoundView> found)
    {
        var shown = found
            .Select(one => one.RoomId)
            .Distinct()
            .Select(roomId => new AuditDeed(AuditAction.MessageFound, roomId) { Reason = look.Reason });
        return record.WriteAllAsync(administratorId, sought is null ? [.. shown] : [Search(look, sought), .. shown]);
    }

    private static AuditDeed Search(Look look, string sought) =>
        new(AuditAction.MessagesSearched)
        {
            Reason = look.Reason,
            Text = string.IsNullOrEmpty(look.Text) ? $"«{sought}»" : $"«{sought}» · {look.Text}",
        };
}
