using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Files;

/// <summary>Sends a stored file, never executed or sniffed.</summary>
internal static class FileAnswer
{
    /// <param name="isKept">Whether browsers may cache it forever; false if the reader may lose access to it.</param>
    public static IResult Of(HttpContext http, Guid name, FileView? found, bool isKept)
    {
        if (found is not { } file || !File.Exists(file.Path))
            return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = isKept ? "private, max-age=31536000, immutable" : "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(
            file.Path,
            file.ContentType,
            lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{name:N}\"")
        );
    }
}
