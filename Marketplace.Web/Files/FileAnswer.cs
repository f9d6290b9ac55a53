using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Files;

/// <summary>A stored file as an answer: never run, never guessed at, and kept by the browser, as its name never changes.</summary>
internal static class FileAnswer
{
    public static IResult Of(HttpContext http, Guid name, FileView? found)
    {
        if (found is not { } file || !File.Exists(file.Path))
            return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
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
