using Marketplace.Web.Files;

namespace Marketplace.Web.Safety.Reports;

/// <summary>Serves the pictures of a report to who made it; each request is authorised.</summary>
internal static class ReportPictureEndpoint
{
    public static async Task<IResult> GetAsync(
        long id,
        Guid name,
        HttpContext http,
        ReportPictureService pictures,
        FileStore files
    ) => await FileAnswer.OfAsync(http, files, await pictures.FindAsync(id, name), isKept: false);
}
