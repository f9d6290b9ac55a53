using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace Marketplace.Web.Listings;

/// <summary>For visitors only: the page echoes the search, so it must contain no secret (BREACH).</summary>
/// <remarks>No session or antiforgery token; the framework's state is encrypted anew for each response.</remarks>
internal static class VisitorCompression
{
    public static bool IsSafe(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Path == "/"
        && http.User.Identity is not { IsAuthenticated: true };

    public static void Configure(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.MimeTypes = [MediaTypeNames.Text.Html];
        options.Providers.Add(
            new BrotliCompressionProvider(new BrotliCompressionProviderOptions { Level = CompressionLevel.Fastest })
        );
        options.Providers.Add(
            new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest })
        );
    }
}
