using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Safety.Reports;

/// <param name="Pictures">Those that are uploaded, also if there is a problem with another.</param>
public sealed record AddedPictures(IReadOnlyList<StoredPicture> Pictures, Refusal? Problem);

/// <summary>
/// Pictures that the current user adds to a report, as proof. They are uploaded as all others, and swept if no report is
/// made; with the report they are evidence: only it says who sees them, and they go when it goes.
/// </summary>
public sealed class ReportPictureService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    PictureUploads uploads,
    FileStore store,
    IStringLocalizer<ReportTexts> texts
)
{
    public const int Max = 3;

    /// <summary>Of a form with pictures: one more than all of them, so that a larger one is refused with a sentence.</summary>
    public const long MaxRequestSize = (Max + 1) * PictureUploads.MaxFileSize;

    /// <summary>Uploads what came with a form. None if there would be too many; a bad one does not keep the others out.</summary>
    public async Task<AddedPictures> AddAsync(
        IReadOnlyList<string> uploaded,
        IReadOnlyList<IFormFile>? files,
        CancellationToken cancellation = default
    )
    {
        List<StoredPicture> all = [.. uploaded.Take(Max).Select(StoredPicture.Read).OfType<StoredPicture>().Distinct()];
        var more = files ?? [];
        if (uploaded.Count + more.Count > Max)
            return new(all, new(RefusalKind.Invalid, texts["Proof.TooMany", Max]));
        if (more.Count == 0 || await currentUser.FindAsync() is not { } me)
            return new(all, null);
        Refusal? problem = null;
        foreach (var one in more)
        {
            await using var content = one.OpenReadStream();
            var saved = await uploads.SaveAsync(me.Id, content, cancellation);
            if (saved.Succeeded)
                all.Add(saved.Value);
            else
                problem ??= saved.Refusal with
                {
                    Text = texts["Proof.Bad", VisibleText.Cut(one.FileName, 60), saved.Refusal.Text],
                };
        }
        return new(all, problem);
    }

    /// <summary>Of one of the current person's own reports; none for any other.</summary>
    public async Task<IReadOnlyList<PictureEvidence>> OfAsync(long reportId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        var kept = await ReportQueries.Evidence(db, me.Id, reportId).SingleOrDefaultAsync();
        return ReportEvidence.Parse(kept?.Json)?.Pictures ?? [];
    }

    /// <summary>A picture, or its thumbnail, of one of the current person's own reports; null for any other.</summary>
    public async Task<FileView?> FindAsync(long reportId, Guid name) =>
        (await OfAsync(reportId)).Any(picture => picture.Has(name)) ? await store.FindEvidenceAsync(name) : null;

    /// <summary>Those of the evidence that are still there: an erased account takes its pictures along.</summary>
    public static async Task<IReadOnlyList<PictureEvidence>> LeftAsync(
        MarketplaceDbContext db,
        ReportEvidence? evidence
    )
    {
        if (evidence?.Pictures is not { } pictures)
            return [];
        var names = pictures.Select(picture => picture.File).ToList();
        var left = await db
            .Files.Where(file => names.Contains(file.Name) && file.State == FileState.Evidence)
            .Select(file => file.Name)
            .ToListAsync();
        return [.. pictures.Where(picture => left.Contains(picture.File))];
    }

    /// <summary>As they are stored, before they are frozen; null if one is not there.</summary>
    internal async Task<IReadOnlyList<PictureEvidence>?> LookAtAsync(IReadOnlyList<StoredPicture> pictures)
    {
        var seen = new List<PictureEvidence>();
        foreach (var one in pictures.Take(Max))
        {
            if (await store.DigestAsync(one.File) is not { } digest)
                return null;
            seen.Add(new(one.File, one.Thumbnail, digest));
        }
        return seen;
    }

    /// <summary>Makes them evidence, in the transaction of the report; false if one is not theirs, or used already.</summary>
    internal static Task<bool> FreezeAsync(
        MarketplaceDbContext db,
        long ownerId,
        IReadOnlyList<PictureEvidence> pictures
    ) => FileClaims.TryFreezeAsync(db, ownerId, [.. pictures.SelectMany(one => new[] { one.File, one.Thumbnail })]);
}
