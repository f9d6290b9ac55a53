namespace Marketplace.Web.Shared;

public sealed class PageStatus(IHttpContextAccessor http)
{
    /// <summary>Answers 404 with the page as rendered; no effect on a live page or a begun response.</summary>
    public void NotFound()
    {
        if (http.HttpContext is not { Response.HasStarted: false } request)
            return;
        // When the response starts: earlier, the framework would replace the page with its own.
        request.Response.OnStarting(() =>
        {
            request.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
