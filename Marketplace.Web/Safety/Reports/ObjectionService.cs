using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What was decided about the current person, who can object to it once.</summary>
public sealed class ObjectionService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    DecisionLinks links,
    TimeProvider clock,
    IStringLocalizer<ReportTexts> texts
)
{
    /// <summary>For how long (article 20 of the Digital Services Act).</summary>
    public const int Months = 6;

    /// <summary>Null where nothing was decided against the person.</summary>
    public async Task<DecidedView?> FindAsync(long id) =>
        await currentUser.FindAsync() is { } me ? await FindAsync(me.Id, id) : null;

    /// <summary>By a link of <see cref="DecisionLinks"/>, without signing in.</summary>
    public async Task<DecidedView?> FindAsync(string? key) =>
        links.Read(key) is var (personId, id) ? await FindAsync(personId, id) : null;

    private async Task<DecidedView?> FindAsync(long personId, long id)
    {
        await using var db = await database.CreateDbContextAsync();
        var report = await ReportQueries.Against(db, personId).SingleOrDefaultAsync(one => one.Id == id);
        if (report is null)
            return null;
        var decisions = await ReportQueries.Decisions(db, id).ToListAsync();
        return new(
            report.Id,
            report.Kind,
            ExcerptOf(report),
            report.State,
            decisions,
            report.Objection,
            report.ObjectedAt,
            report.ObjectedAt is null
                && decisions[^1] is var last
                && last.At > Since
                && last.Outcome is not ReportOutcome.NoInfringement
        );
    }

    /// <summary>Somebody else looks again. Null on success.</summary>
    public async Task<Refusal?> ObjectAsync(long id, string? text) =>
        await currentUser.FindAsync() is { } me ? await ObjectAsync(me.Id, id, text) : NotFound;

    /// <summary>By a link of <see cref="DecisionLinks"/>, without signing in.</summary>
    public async Task<Refusal?> ObjectAsync(string? key, string? text) =>
        links.Read(key) is var (personId, id) ? await ObjectAsync(personId, id, text) : NotFound;

    private async Task<Refusal?> ObjectAsync(long personId, long id, string? text)
    {
        var words = VisibleText.Lines(text);
        if (words.Length is 0 or > Report.MaxTextLength)
            return new(RefusalKind.Invalid, texts["Object.NoText", Report.MaxTextLength]);
        var (now, since) = (clock.GetUtcNow().UtcDateTime, Since);
        var objected = await transactions.InTransactionAsync(db =>
            ReportQueries
                .Against(db, personId)
                .Where(report => report.Id == id && report.State == ReportState.Decided && report.ObjectedAt == null)
                .Where(report =>
                    db.ReportDecisions.Where(one => one.ReportId == id && one.At > since)
                        .OrderByDescending(one => one.Id)
                        .Select(one => (ReportOutcome?)one.Outcome)
                        .FirstOrDefault() > ReportOutcome.NoInfringement
                )
                .ExecuteUpdateAsync(report =>
                    report
                        .SetProperty(r => r.State, ReportState.Objected)
                        .SetProperty(r => r.Objection, words)
                        .SetProperty(r => r.ObjectedAt, now)
                )
        );
        return objected > 0 ? null : new(RefusalKind.Conflict, texts["Object.TooLate"]);
    }

    // Of what the person wrote or offered, so that they know what is meant.
    private static string? ExcerptOf(Report report) =>
        ReportEvidence.Parse(report.Evidence) switch
        {
            { Messages: [.., var said] } when report.Kind is ReportKind.Message && said.SenderId == report.PersonId =>
                said.Text,
            { Listing: { } listing } when report.Kind is ReportKind.Listing => listing.Title,
            _ => null,
        };

    private Refusal NotFound => new(RefusalKind.NotFound, texts["Report.NotFound"]);

    private DateTime Since => clock.GetUtcNow().UtcDateTime.AddMonths(-Months);
}
