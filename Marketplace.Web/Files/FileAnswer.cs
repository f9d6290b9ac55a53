using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Files;

/// <summary>Sends a stored file, never executed or sniffed.</summary>
internal static class FileAnswer
{
    /// <param name="isKept">Whether browsers may cache it forever; false if the reader may lose access to it.</param>
    public static Task<IResult> OfAsync(HttpContext http, FileStore store, FileView? found, bool isKept) =>
        TryAsync(() => FindAsync(http, store, found, isKept));

    /// <summary>503 while the place where files lie does not answer.</summary>
    public static async Task<IResult> TryAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (IOException)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> FindAsync(HttpContext http, FileStore store, FileView? found, bool isKept)
    {
        if (found is not { } file || await store.OpenAsync(file, http.RequestAborted) is not { } content)
            return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = isKept ? "private, max-age=31536000, immutable" : "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(
            content,
            file.ContentType,
            lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Name:N}\"")
        );
    }
}
