using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Audit;

/// <summary>The record, for administrators and auditors. Reading it is recorded too.</summary>
public sealed class AuditService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AuditRecord record
)
{
    public const int Page = 25;

    /// <summary>Of an export; the rest needs a narrower filter.</summary>
    public const int MaxExported = 100_000;

    public async Task<Portion<AuditView>> PageAsync(AuditFilter filter, long before = long.MaxValue)
    {
        if (await currentUser.FindReaderOfRecordAsync() is not { } reader)
            return Portion<AuditView>.None;
        await record.ReadAsync(reader.Id);
        await using var db = await database.CreateDbContextAsync();
        return new(await AuditQueries.Page(db, filter, before, Page + 1).ToListAsync(), Page);
    }

    /// <summary>The newest first; null without permission.</summary>
    public async Task<IReadOnlyList<AuditView>?> ExportAsync(AuditFilter filter)
    {
        if (await currentUser.FindReaderOfRecordAsync() is not { } reader)
            return null;
        await record.WriteAsync(
            reader.Id,
            new(AuditAction.RecordExported, filter.RoomId, filter.PersonId) { Text = filter.ToString() }
        );
        await using var db = await database.CreateDbContextAsync();
        return await AuditQueries.Page(db, filter, long.MaxValue, MaxExported).ToListAsync();
    }

    /// <summary>Null if nothing was cut away, and without permission.</summary>
    public async Task<AuditCutView?> CutAsync()
    {
        if (await currentUser.FindReaderOfRecordAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await AuditQueries.Cut(db).FirstOrDefaultAsync();
    }

    /// <summary>Those whose deeds are recorded: for the filter.</summary>
    public async Task<IReadOnlyList<AuditorView>> PeopleAsync()
    {
        if (await currentUser.FindReaderOfRecordAsync() is null)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await AuditQueries.Recorded(db).ToListAsync();
    }
}
