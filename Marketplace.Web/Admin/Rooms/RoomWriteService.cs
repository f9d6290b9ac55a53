using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Rooms;

/// <summary>Writes into rooms as the administration: by the road of every message, with its entry in the record.</summary>
public sealed class RoomWriteService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    MessageJournal journal,
    AuditRecord record,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Null once it is stored. Closed rooms take it too.</summary>
    /// <param name="clientId">A new id per message; a second try with the same id writes nothing more.</param>
    /// <param name="words">Why, for the record.</param>
    public async Task<Refusal?> WriteAsync(long roomId, Guid clientId, string? text, string? words)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me || await FindAsync(roomId) is not { } room)
            return new(RefusalKind.NotFound, texts["Room.NotFound"]);
        var (body, problem) = MessageRules.Check(text);
        var why = VisibleText.Begin(VisibleText.Line(words), Look.MaxTextLength);
        if (problem is not null || why.Length == 0)
            return new(RefusalKind.Invalid, texts[problem is null ? "Act.Say" : "Write.Text", Message.MaxBodyLength]);
        var deed = new AuditDeed(AuditAction.RoomWritten, roomId) { Text = why };
        if (me.Id == room.BuyerId || me.Id == room.SellerId)
        {
            await record.WriteAsync(me.Id, deed with { IsRefused = true });
            return new(RefusalKind.Forbidden, texts["Act.Self"]);
        }
        return await StoreAsync(
            new(roomId, me.Id, clientId, body) { Kind = MessageKind.Administration, Within = record.Later(me.Id, deed) }
        );
    }

    private async Task<Refusal?> StoreAsync(NewMessage message)
    {
        if (!journal.TryTake(message))
            return new(RefusalKind.Busy, texts["Write.Busy"]);
        try
        {
            return (await message.Stored).Sent is null ? new(RefusalKind.NotFound, texts["Room.NotFound"]) : null;
        }
        catch (Exception)
        {
            return new(RefusalKind.Busy, texts["Write.Busy"]);
        }
    }

    private async Task<RoomParties?> FindAsync(long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.SupervisedParties(db, roomId).SingleOrDefaultAsync();
    }
}
