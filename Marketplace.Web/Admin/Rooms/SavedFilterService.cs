using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Rooms;

/// <summary>The filters of rooms that the current administrator keeps, in the order in which they were saved.</summary>
public sealed class SavedFilterService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IStringLocalizer<AdminTexts> texts
)
{
    public const int Max = 20;

    public async Task<IReadOnlyList<SavedFilterView>> ListAsync()
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await Of(db, me.Id).Select(f => new SavedFilterView(f.Id, f.Name, f.Query)).Take(Max).ToListAsync();
    }

    /// <summary>Saves a filter under a name; one that has the name is replaced.</summary>
    public async Task<Refusal?> SaveAsync(string? name, RoomFilter filter)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "Filter.NotYours");
        var called = VisibleText.Begin(VisibleText.Line(name), SavedFilter.MaxNameLength);
        if (called.Length == 0 || filter.Query is not { Length: > 0 and <= SavedFilter.MaxQueryLength } query)
            return Refuse(RefusalKind.Invalid, called.Length == 0 ? "Filter.NoName" : "Filter.TooLong");
        await using var db = await database.CreateDbContextAsync();
        var kept = await Of(db, me.Id).Take(Max).ToListAsync();
        if (kept.Find(one => one.Name == called) is { } before)
            before.Query = query;
        else if (kept.Count < Max)
            db.Add(
                new SavedFilter
                {
                    PersonId = me.Id,
                    Name = called,
                    Query = query,
                }
            );
        else
            return Refuse(RefusalKind.Invalid, "Filter.TooMany", Max);
        await db.SaveChangesAsync();
        return null;
    }

    public async Task RemoveAsync(long id)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return;
        await using var db = await database.CreateDbContextAsync();
        await Of(db, me.Id).Where(filter => filter.Id == id).ExecuteDeleteAsync();
    }

    private static IQueryable<SavedFilter> Of(MarketplaceDbContext db, long personId) =>
        db.SavedFilters.Where(filter => filter.PersonId == personId).OrderBy(filter => filter.Id);

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
