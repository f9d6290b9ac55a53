using System.Globalization;
using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Files;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Sends a person the archive that was prepared for them.</summary>
internal static class ArchiveEndpoint
{
    public const string Page = "/account/manage/data";

    public static string Address(Guid name) => $"{Page}/archive/{name}";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet($"{Page}/archive/{{name:guid}}", GetAsync)
            .RequireAuthorization()
            .WithMetadata(
                new FreshProofAttribute { Page = Page },
                new LimitedAttribute("Archive", 20) { Looks = true }
            );

    private static Task<IResult> GetAsync(Guid name, HttpContext http, ArchiveService archives, TimeProvider clock) =>
        FileAnswer.TryAsync(() => FindAsync(name, http, archives, clock));

    // Not for programs, whose token may be older than any proof.
    private static async Task<IResult> FindAsync(
        Guid name,
        HttpContext http,
        ArchiveService archives,
        TimeProvider clock
    )
    {
        if (AccountSetup.CarriesToken(http.Request) || await archives.OpenAsync(name) is not { } file)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // In ranges, so that a large one survives a bad line.
        return TypedResults.Stream(
            file,
            "application/zip",
            $"marketplace-{day}.zip",
            entityTag: new EntityTagHeaderValue($"\"{name:N}\""),
            enableRangeProcessing: true
        );
    }
}
