using Marketplace.Web.Accounts;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Listings;

/// <summary>Photos travel by plain HTTP, so that a paused page or a lost circuit loses none.</summary>
internal static class PhotoEndpoints
{
    /// <summary>Twice the file limit, so that slightly larger files are refused with a sentence.</summary>
    private const long MaxRequestSize = 2 * PictureUploads.MaxFileSize;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/files", PostAsync)
            .RequireAuthorization()
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestSize), new LimitedAttribute("Upload", 120));
        app.MapGet("/files/{name:guid}", GetAsync);
    }

    private static async Task<IResult> PostAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        PictureUploads uploads,
        IStringLocalizer<ListingTexts> texts
    )
    {
        if (await currentUser.FindAsync() is not { } me || !await antiforgery.IsRequestValidAsync(http))
            return new Refusal(RefusalKind.Forbidden, texts["Listing.SignIn"]).Problem(http);
        if (
            !http.Request.HasFormContentType
            || http.Request.Form is not { } form
            || form.Files["photo"] is not { } photo
        )
            return new Refusal(RefusalKind.Invalid, texts["Listing.NoPhoto"]).Problem(http);
        await using var content = photo.OpenReadStream();
        var saved = await uploads.SaveAsync(me.Id, content, http.RequestAborted);
        return saved.Succeeded
            ? TypedResults.Json(new PhotoView(saved.Value.File, saved.Value.Thumbnail))
            : saved.Refusal.Problem(http);
    }

    private static async Task<IResult> GetAsync(Guid name, HttpContext http, CurrentUser currentUser, FileStore store)
    {
        var reader = await currentUser.FindAsync();
        var found = await store.FindAsync(name, reader?.Id);
        return await FileAnswer.OfAsync(http, store, found, isKept: found is { IsPublic: true });
    }
}
