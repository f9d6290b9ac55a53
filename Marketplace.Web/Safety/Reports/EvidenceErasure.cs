using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Safety.Reports;

/// <summary>Erases evidence with its pictures, in the caller's transaction; the hash stays.</summary>
public static class EvidenceErasure
{
    private const int Batch = 300;

    public static async Task<int> EraseAsync(MarketplaceDbContext db, IQueryable<Report> reports)
    {
        var kept = await reports.Where(r => r.Evidence != null).Select(r => r.Evidence).ToListAsync();
        var pictures = kept.SelectMany(evidence => ReportEvidence.Parse(evidence)?.Pictures ?? []);
        foreach (var some in pictures.Chunk(Batch))
            await FileClaims.ForgetEvidenceAsync(db, [.. some.SelectMany(one => new[] { one.File, one.Thumbnail })]);
        return await reports.ExecuteUpdateAsync(report => report.SetProperty(r => r.Evidence, (string?)null));
    }
}
