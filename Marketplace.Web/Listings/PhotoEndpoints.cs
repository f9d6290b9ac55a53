using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Files;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Listings;

/// <summary>Photographs travel by plain HTTP, so that a suspended page or a lost circuit loses none of them.</summary>
internal static class PhotoEndpoints
{
    /// <summary>Both sizes of one photograph, and what a multipart form adds.</summary>
    private const long LargestRequest = 2 * FileStore.LargestFile + 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/files", PostAsync)
            .RequireAuthorization()
            .WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        app.MapGet("/files/{name:guid}", GetAsync);
    }

    /// <summary>Takes a photograph (<c>photo</c>) and its small version (<c>thumbnail</c>) as pending files.</summary>
    private static async Task<IResult> PostAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        FileStore store,
        IStringLocalizer<ListingTexts> texts
    )
    {
        if (await currentUser.FindAsync() is not { } me || !await antiforgery.IsRequestValidAsync(http))
            return Problem(new Refusal(RefusalKind.Forbidden, texts["Listing.SignIn"]));
        if (
            !http.Request.HasFormContentType
            || http.Request.Form is not { } form
            || form.Files["photo"] is not { } photo
        )
            return Problem(new Refusal(RefusalKind.Invalid, texts["Listing.NoPhoto"]));
        var file = await SaveAsync(store, me.Id, photo, http.RequestAborted);
        if (!file.Succeeded)
            return Problem(file.Refusal);
        var small = form.Files["thumbnail"] is { } thumbnail
            ? await SaveAsync(store, me.Id, thumbnail, http.RequestAborted)
            : file;
        return small.Succeeded ? TypedResults.Json(new PhotoView(file.Value, small.Value)) : Problem(small.Refusal);
    }

    private static async Task<IResult> GetAsync(Guid name, HttpContext http, CurrentUser currentUser, FileStore store)
    {
        var reader = await currentUser.FindAsync();
        return FileAnswer.Of(http, name, await store.FindAsync(name, reader?.Id));
    }

    private static async Task<Outcome<Guid>> SaveAsync(
        FileStore store,
        long ownerId,
        IFormFile file,
        CancellationToken cancellation
    )
    {
        await using var content = file.OpenReadStream();
        return await store.SavePictureAsync(ownerId, content, cancellation);
    }

    private static IResult Problem(Refusal refusal) =>
        TypedResults.Problem(
            refusal.Text,
            statusCode: refusal.Kind switch
            {
                RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
                RefusalKind.Busy => StatusCodes.Status507InsufficientStorage,
                _ => StatusCodes.Status400BadRequest,
            }
        );
}
