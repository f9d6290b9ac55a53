using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>How much room the database takes, its free pages included.</summary>
internal static class DatabaseSize
{
    public static Task<long> BytesAsync(MarketplaceDbContext db, CancellationToken cancellation) =>
        db.Database.SqlQueryRaw<long>(db is SqliteMarketplaceDbContext ? Sqlite : SqlServer).SingleAsync(cancellation);

    private const string Sqlite = "SELECT page_count * page_size AS Value FROM pragma_page_count(), pragma_page_size()";

    // In pages of 8 KB.
    private const string SqlServer =
        "SELECT CAST(SUM(CAST(size AS bigint)) * 8192 AS bigint) AS Value FROM sys.database_files";
}
