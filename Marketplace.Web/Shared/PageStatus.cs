namespace Marketplace.Web.Shared;

/// <summary>What a page says of itself to who asks for it, beside its text: components see no request.</summary>
public sealed class PageStatus(IHttpContextAccessor http)
{
    /// <summary>404 instead of 200, if the answer has not begun; the page is shown as it is. Nothing on a live page.</summary>
    public void NotFound()
    {
        if (http.HttpContext is not { Response.HasStarted: false } request)
            return;
        // As the answer begins: earlier, the framework would put its own page in place of this one.
        request.Response.OnStarting(() =>
        {
            request.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
