using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Safety.Reports;

/// <summary>
/// What a person reported, and what was decided about them. Others' reports of them are not theirs: they are not exported. What is decided loses its evidence when one of
/// the two is erased; what is open keeps it until it is decided.
/// </summary>
internal sealed class ReportData(IDbContextFactory<MarketplaceDbContext> database, WriteTransactions transactions)
    : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await archive.WriteAsync("reports.json", await ReportQueries.Of(db, userId).ToListAsync(cancellation));
        await archive.WriteAsync("report-pictures.json", await PicturesAsync(db, userId, cancellation));
        await archive.WriteAsync("decisions.json", await ReportQueries.About(db, userId).ToListAsync(cancellation));
    }

    public Task EraseAsync(long userId, CancellationToken cancellation) =>
        transactions.InTransactionAsync(
            async db =>
            {
                await db
                    .Reports.Where(report => report.ReporterId == userId)
                    .ExecuteUpdateAsync(report => report.SetProperty(r => r.Text, (string?)null), cancellation);
                await db
                    .Reports.Where(report => report.PersonId == userId)
                    .ExecuteUpdateAsync(report => report.SetProperty(r => r.Objection, (string?)null), cancellation);
                return await EvidenceErasure.EraseAsync(
                    db,
                    db.Reports.Where(report => report.ReporterId == userId || report.PersonId == userId)
                        .Where(report => report.State == ReportState.Decided)
                );
            },
            cancellation
        );

    // Only their names: the archive has all pictures of the person.
    private static async Task<IReadOnlyList<object>> PicturesAsync(
        MarketplaceDbContext db,
        long userId,
        CancellationToken cancellation
    )
    {
        var added = new List<object>();
        var all = ReportQueries.Evidence(db, userId).AsAsyncEnumerable();
        await foreach (var kept in all.WithCancellation(cancellation))
            if (ReportEvidence.Parse(kept.Json)?.Pictures is { } pictures)
                added.Add(new { kept.ReportId, Pictures = pictures.Select(picture => $"{picture.File:N}") });
        return added;
    }
}
