using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Retention;

/// <summary>How long what is kept, and how far the retention is, for administrators and auditors.</summary>
public sealed class RetentionService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    RetentionSettings settings
)
{
    /// <summary>Null without permission.</summary>
    public async Task<RetentionView?> FindAsync()
    {
        if (await currentUser.FindReaderOfRecordAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return new(settings, await RetentionRunQueries.Last(db).FirstOrDefaultAsync());
    }
}
