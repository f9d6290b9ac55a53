using System.Diagnostics.Metrics;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>What the dashboard shows, for whoever collects metrics: read each round, and only if somebody listens.</summary>
public sealed class SiteGauges
{
    private readonly IDbContextFactory<MarketplaceDbContext> database;
    private readonly SiteQueues queues;
    private readonly ObservableGauge<long> outbox;
    private IReadOnlyList<QueueView> waiting = [];
    private IReadOnlyList<DailyFigure> figures = [];
    private long openReports;
    private UnreadView unread = UnreadView.None;

    public SiteGauges(
        IMeterFactory meters,
        IDbContextFactory<MarketplaceDbContext> database,
        SiteQueues queues,
        MessageJournal journal
    )
    {
        (this.database, this.queues) = (database, queues);
        var meter = meters.Create(FigureTally.Meter);
        outbox = meter.CreateObservableGauge(
            "marketplace.outbox.due",
            () =>
                waiting.Select(one => new Measurement<long>(
                    one.Due,
                    new KeyValuePair<string, object?>("kind", one.Kind)
                )),
            "{entry}",
            $"Entries of the outbox that are due, up to {SiteQueues.Max} of a kind."
        );
        meter.CreateObservableGauge(
            "marketplace.journal.waiting",
            () => (long)journal.Waiting,
            "{entry}",
            "Messages, marks and changes that wait to be written by this process."
        );
        meter.CreateObservableGauge("marketplace.reports.open", () => openReports, "{report}");
        meter.CreateObservableGauge("marketplace.rooms.unanswered", () => Now(Figure.Unanswered), "{room}");
        meter.CreateObservableGauge("marketplace.messages.today", () => Now(Figure.Messages), "{message}");
        meter.CreateObservableGauge("marketplace.people.today", () => Now(Figure.People), "{person}");
        meter.CreateObservableGauge("marketplace.database.size", () => Now(Figure.Database), "By");
        meter.CreateObservableGauge("marketplace.files.size", () => Now(Figure.Files), "By");
        meter.CreateObservableGauge("marketplace.unread.drifted", () => unread.Drifted, "{membership}");
    }

    internal async Task ReadAsync(CancellationToken cancellation)
    {
        if (!outbox.Enabled)
            return;
        waiting = await queues.ReadAsync(cancellation);
        await using var db = await database.CreateDbContextAsync(cancellation);
        openReports = await ReportReviewQueries.Open(db).LongCountAsync(cancellation);
        unread = await DashboardQueries.Unread(db, long.MaxValue).FirstOrDefaultAsync(cancellation) ?? UnreadView.None;
        figures = await DashboardQueries.LastDay(db).ToListAsync(cancellation);
    }

    private long Now(Figure figure) => figures.Where(one => one.Figure == figure).Sum(one => one.Value);
}
