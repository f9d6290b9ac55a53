using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Composer;

public sealed record QuickReplyView(long Id, string Shortcut, string Text);

public sealed class QuickReplyService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IStringLocalizer<ChatTexts> texts
)
{
    public const int MaxCount = 50;

    public async Task<IReadOnlyList<QuickReplyView>> ListAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await db
            .QuickReplies.Where(reply => reply.UserId == me.Id)
            .OrderBy(reply => reply.Shortcut)
            .Select(reply => new QuickReplyView(reply.Id, reply.Shortcut, reply.Text))
            .ToListAsync();
    }

    /// <param name="shortcut">Letters and digits only; stored folded, "Envío" as "envio".</param>
    public async Task<Refusal?> KeepAsync(string? shortcut, string? text, long? replaced = null)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse("Quick.SignIn");
        var key = Folding.Fold(shortcut ?? "").Trim();
        var (body, problem) = MessageRules.Check(text);
        if (key.Length is 0 or > QuickReply.MaxShortcutLength || !key.All(char.IsLetterOrDigit))
            return Refuse("Quick.BadShortcut", QuickReply.MaxShortcutLength);
        if (problem is not null || body.Length > QuickReply.MaxTextLength)
            return Refuse("Quick.BadText", QuickReply.MaxTextLength);
        return await transactions.InTransactionAsync(db => KeepAsync(db, me.Id, (key, body), replaced));
    }

    public async Task RemoveAsync(long id)
    {
        if (await currentUser.FindAsync() is { } me)
            await transactions.InTransactionAsync(db =>
                db.QuickReplies.Where(reply => reply.Id == id && reply.UserId == me.Id).ExecuteDeleteAsync()
            );
    }

    private async Task<Refusal?> KeepAsync(
        MarketplaceDbContext db,
        long me,
        (string Shortcut, string Text) kept,
        long? replaced
    )
    {
        var mine = await db.QuickReplies.Where(reply => reply.UserId == me).ToListAsync();
        var former = mine.Find(reply => reply.Id == replaced);
        var reply = mine.Find(reply => reply.Shortcut == kept.Shortcut) ?? former;
        if (reply is null && mine.Count == MaxCount)
            return Refuse("Quick.TooMany", MaxCount);
        if (reply is null)
            db.QuickReplies.Add(reply = new QuickReply { UserId = me });
        if (former is not null && former != reply)
            db.QuickReplies.Remove(former);
        (reply.Shortcut, reply.Text) = kept;
        return null;
    }

    private Refusal Refuse(string key, params object[] arguments) => new(RefusalKind.Invalid, texts[key, arguments]);
}
