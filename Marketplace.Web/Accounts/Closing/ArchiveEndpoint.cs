using System.IO.Compression;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>Sends a person all that is theirs, as a ZIP of JSON files and pictures.</summary>
internal static class ArchiveEndpoint
{
    public const string Address = "/account/manage/data/archive";

    // A form, because no other site may make a person download their life.
    public static async Task<IResult> PostAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        IEnumerable<IPersonalData> features,
        SecurityLog security,
        TimeProvider clock
    )
    {
        if (!await antiforgery.IsRequestValidAsync(http) || await currentUser.FindAsync() is not { } me)
            return TypedResults.LocalRedirect("~/account/manage/data");
        security.Write(SecurityEvent.DataDownloaded, me.Id);
        http.Response.Headers.CacheControl = "no-store";
        var file = await MakeAsync(me.Id, features, http.RequestAborted);
        return TypedResults.Stream(file, "application/zip", $"marketplace-{clock.GetUtcNow():yyyy-MM-dd}.zip");
    }

    // In a file first: what fails half-way is an error page then, and no slow connection holds the database.
    private static async Task<Stream> MakeAsync(
        long userId,
        IEnumerable<IPersonalData> features,
        CancellationToken cancellation
    )
    {
        var file = TemporaryFile.Open();
        try
        {
            await WriteAsync(file, userId, features, cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task WriteAsync(
        Stream file,
        long userId,
        IEnumerable<IPersonalData> features,
        CancellationToken cancellation
    )
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var archive = new PersonalArchive(zip, cancellation);
        foreach (var feature in features)
            await feature.ExportAsync(userId, archive, cancellation);
    }
}
