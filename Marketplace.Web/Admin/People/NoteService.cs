using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.People;

/// <summary>Notes of administrators. What is written and what is removed is recorded.</summary>
public sealed class NoteService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    AuditRecord record,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Of a person or a room that are shown, the newest first.</summary>
    public const int Max = 50;

    public async Task<IReadOnlyList<NoteView>> ListAsync(NoteTarget target)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me || target.PersonId == me.Id)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await PersonFileQueries.Notes(db, target).Take(Max).ToListAsync();
    }

    public async Task<Refusal?> AddAsync(NoteTarget target, string? text)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return new(RefusalKind.NotFound, texts["People.NotFound"]);
        if (target.PersonId == me.Id)
            return new(RefusalKind.Forbidden, texts["People.Self"]);
        var words = VisibleText.Begin(VisibleText.Lines(text), Note.MaxTextLength);
        if (words.Length == 0)
            return new(RefusalKind.Invalid, texts["Note.Empty"]);
        return await transactions.InTransactionAsync<Refusal?>(async db =>
        {
            if (!await IsThereAsync(db, target))
                return new(RefusalKind.NotFound, texts["People.NotFound"]);
            db.Notes.Add(
                new()
                {
                    PersonId = target.PersonId,
                    RoomId = target.RoomId,
                    AuthorId = me.Id,
                    Text = words,
                    At = clock.GetUtcNow().UtcDateTime,
                }
            );
            await record.AddAsync(
                db,
                me.Id,
                new(AuditAction.NoteAdded, target.RoomId, target.PersonId) { Text = words }
            );
            return null;
        });
    }

    /// <summary>Changes nothing if it is gone already.</summary>
    public async Task<Refusal?> RemoveAsync(long id)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return new(RefusalKind.NotFound, texts["People.NotFound"]);
        return await transactions.InTransactionAsync<Refusal?>(async db =>
        {
            if (await db.Notes.SingleOrDefaultAsync(note => note.Id == id) is not { } note)
                return null;
            db.Notes.Remove(note);
            await record.AddAsync(
                db,
                me.Id,
                new(AuditAction.NoteRemoved, note.RoomId, note.PersonId) { Text = note.Text }
            );
            return null;
        });
    }

    private static async Task<bool> IsThereAsync(MarketplaceDbContext db, NoteTarget target) =>
        target switch
        {
            { PersonId: { } person, RoomId: null } => await db.Users.AnyAsync(user => user.Id == person),
            { PersonId: null, RoomId: { } roomId } => await db.Rooms.AnyAsync(room => room.Id == roomId),
            _ => false,
        };
}
