using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace Marketplace.Web.Listings;

/// <summary>
/// The home page of a visitor is sent compressed. It repeats what was searched for, so there must be no secret in it that
/// the length of the answer could give away (BREACH): no session, and no form with an antiforgery token. The state that the
/// framework appends is encrypted anew for each answer.
/// </summary>
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
