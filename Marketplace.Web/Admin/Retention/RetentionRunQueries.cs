using Marketplace.Web.Data;

namespace Marketplace.Web.Admin.Retention;

/// <param name="Last">The last round, which may be running; null if there was none.</param>
public sealed record RetentionView(RetentionSettings Settings, RetentionRunView? Last);

/// <summary>A round. Times are UTC.</summary>
public sealed record RetentionRunView(DateTime StartedAt, DateTime? EndedAt, IReadOnlyList<PurgedView> Purged);

/// <summary>What was taken away in a round, of before a time; null if it is kept for ever.</summary>
public sealed record PurgedView(string Kind, DateTime? Before, long Count);

internal static class RetentionRunQueries
{
    public static IQueryable<RetentionRunView> Last(MarketplaceDbContext db) =>
        db
            .RetentionRuns.OrderByDescending(run => run.Id)
            .Select(run => new RetentionRunView(
                run.StartedAt,
                run.EndedAt,
                new[]
                {
                    new PurgedView("Messages", run.MessagesBefore, run.Messages),
                    new PurgedView("Pictures", run.PicturesBefore, run.Pictures),
                    new PurgedView("Audit", run.EntriesBefore, run.Entries),
                }
            ));
}
