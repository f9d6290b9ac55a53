using System.Globalization;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Marketplace.Web.Admin.Evidence;

internal static class TranscriptEndpoint
{
    public static string Address(long roomId) => FormattableString.Invariant($"/admin/rooms/{roomId}/transcript");

    // A form, because no other site may make an administrator do it.
    public static async Task<IResult> PostAsync(
        long roomId,
        HttpContext http,
        IAntiforgery antiforgery,
        TranscriptService transcripts,
        TimeProvider clock
    )
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.BadRequest();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var purpose = Enum.TryParse<LookReason>(form["reason"], out var reason) ? Look.For(reason, form["text"]) : null;
        var made = await transcripts.ExportAsync(roomId, purpose, http.RequestAborted);
        if (!made.Succeeded)
            return made.Refusal.Problem(http);
        http.Response.Headers.CacheControl = "no-store";
        var day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return TypedResults.Stream(
            made.Value,
            "application/zip",
            FormattableString.Invariant($"transcript-{roomId}-{day}.zip")
        );
    }
}
