using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What the current user reports to the administration.</summary>
public sealed class ReportService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IEnumerable<IReportable> features,
    ReportPictureService pictures,
    TimeProvider clock,
    IStringLocalizer<ReportTexts> texts
)
{
    /// <summary>Of the list of one's own reports.</summary>
    public const int Page = 200;

    /// <summary>Null where there is nothing that the person may report.</summary>
    public async Task<ReportOfferView?> AskAsync(ReportTarget target)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (await FindAsync(db, target, me.Id) is not { } found || found.PersonId == me.Id)
            return null;
        return new(target.Kind, found.PersonName, found.Excerpt, await OpenAsync(db, target, me.Id));
    }

    /// <summary>Keeps what is reported as it is now. While a report of it is open, the same person's next one is that one.</summary>
    /// <param name="added">Pictures that the person has uploaded; a report that is open already takes none.</param>
    public async Task<Outcome<SentReportView>> ReportAsync(
        ReportTarget target,
        ReportReason? reason,
        string? text,
        IReadOnlyList<StoredPicture>? added = null
    )
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.Forbidden, "Report.SignIn");
        if (reason is not { } why || !ReportReasons.Of(target.Kind).Contains(why))
            return Refuse(RefusalKind.Invalid, "Report.NoReason");
        var words = VisibleText.Lines(text);
        if (words.Length > Report.MaxTextLength)
            return Refuse(RefusalKind.TooLarge, "Report.TooLong", Report.MaxTextLength);
        if (await pictures.LookAtAsync(added ?? []) is not { } seen)
            return Refuse(RefusalKind.Invalid, "Proof.Gone");
        try
        {
            return await transactions.InTransactionAsync(db => AddAsync(db, me.Id, target, (why, words, seen)));
        }
        catch (DbUpdateException)
        {
            // Pressed twice at once: the other one was first.
            await using var db = await database.CreateDbContextAsync();
            if (await OpenAsync(db, target, me.Id) is { } first)
                return new SentReportView(first, IsNew: false);
            throw;
        }
    }

    /// <summary>One of the current person's own reports; null for any other.</summary>
    public async Task<ReceiptView?> FindAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await ReportQueries.Of(db, me.Id, id).SingleOrDefaultAsync();
    }

    /// <summary>The newest first, at most <see cref="Page"/>.</summary>
    public async Task<IReadOnlyList<ReceiptView>> MineAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await ReportQueries.Of(db, me.Id).Take(Page).ToListAsync();
    }

    private async Task<Outcome<SentReportView>> AddAsync(
        MarketplaceDbContext db,
        long me,
        ReportTarget target,
        (ReportReason Reason, string Text, IReadOnlyList<PictureEvidence> Pictures) said
    )
    {
        if (await FindAsync(db, target, me) is not { } found)
            return Refuse(RefusalKind.NotFound, "Report.NotFound");
        if (found.PersonId == me)
            return Refuse(RefusalKind.Invalid, "Report.Self");
        if (await OpenAsync(db, target, me) is { } first)
            return new SentReportView(first, IsNew: false);
        if (said.Pictures.Count > 0 && !await ReportPictureService.FreezeAsync(db, me, said.Pictures))
            return Refuse(RefusalKind.Invalid, "Proof.Gone");
        var report = New(me, target, found, said.Pictures);
        (report.Reason, report.Priority) = (said.Reason, said.Reason.Priority());
        report.Text = said.Text.Length == 0 ? null : said.Text;
        db.Reports.Add(report);
        await db.SaveChangesAsync();
        return new SentReportView(report.Id, IsNew: true);
    }

    private Report New(long me, ReportTarget target, Reported found, IReadOnlyList<PictureEvidence> pictures)
    {
        var evidence = (found.Evidence with { Pictures = pictures.Count == 0 ? null : pictures }).ToJson();
        return new()
        {
            ReporterId = me,
            PersonId = found.PersonId,
            Kind = target.Kind,
            RoomId = target.RoomId,
            Seq = target.Seq,
            ListingId = found.ListingId,
            OpenTarget = target.Key,
            Evidence = evidence,
            EvidenceHash = ReportEvidence.Hash(evidence),
            At = clock.GetUtcNow().UtcDateTime,
        };
    }

    private async Task<Reported?> FindAsync(MarketplaceDbContext db, ReportTarget target, long me)
    {
        foreach (var feature in features)
            if (await feature.FindAsync(db, target, me) is { } found)
                return found;
        return null;
    }

    private static async Task<long?> OpenAsync(MarketplaceDbContext db, ReportTarget target, long me) =>
        await ReportQueries.Open(db, me, target).Select(id => (long?)id).SingleOrDefaultAsync();

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
