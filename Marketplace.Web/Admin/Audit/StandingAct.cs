using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Audit;

/// <summary>
/// An undo takes back one's own act while nothing of its kind came after it: what is pressed on an old page must not
/// overrule what somebody else has done since.
/// </summary>
internal static class StandingAct
{
    public static IQueryable<AuditEntry> OnRoom(
        IQueryable<AuditEntry> entries,
        long roomId,
        AuditAction one,
        AuditAction other
    ) => entries.Where(entry => entry.RoomId == roomId && (entry.Action == one || entry.Action == other));

    /// <summary>In the transaction of the undo: nobody acts until it ends, since each act is recorded.</summary>
    /// <param name="acts">Those of the kind, about the same room or person.</param>
    public static async Task<Outcome<AuditEntry>> FindAsync(
        MarketplaceDbContext db,
        IQueryable<AuditEntry> acts,
        long me,
        Func<AuditEntry, bool> isIt,
        IStringLocalizer<AdminTexts> texts
    )
    {
        await AuditRecord.TakeHeadAsync(db);
        var last = await acts.Where(act => !act.IsRefused)
            .OrderByDescending(act => act.Id)
            .AsNoTracking()
            .FirstOrDefaultAsync();
        if (last is null || last.AdministratorId != me || !isIt(last))
            return Overtaken(last?.AdministratorId == me, texts);
        return last;
    }

    public static Refusal Overtaken(bool byMe, IStringLocalizer<AdminTexts> texts) =>
        new(RefusalKind.Conflict, texts[byMe ? "Undo.Since.You" : "Undo.Since"]);
}
