using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Serves the pictures of a report to the administrators who opened it; each request is authorised, and recorded before.</summary>
public sealed class ReportPictureLooks(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AuditRecord record,
    FileStore files
)
{
    /// <summary>Null if there is no such picture of the report, or the current person has not opened it in this session.</summary>
    public async Task<FileView?> OpenAsync(long reportId, Guid name)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(one => one.Id == reportId);
        var pictures = ReportEvidence.Parse(report?.Evidence)?.Pictures ?? [];
        if (!pictures.Any(one => one.Has(name)) || await files.FindEvidenceAsync(name) is not { } found)
            return null;
        var look = ReportDecisions.Deed(AuditAction.ReportPictureOpened, report!);
        return await record.ReportPictureAsync(me.Id, look) ? found : null;
    }

    internal static async Task<IResult> GetAsync(
        long id,
        Guid name,
        HttpContext http,
        ReportPictureLooks looks,
        FileStore files
    ) => await FileAnswer.OfAsync(http, files, await looks.OpenAsync(id, name), isKept: false);
}
