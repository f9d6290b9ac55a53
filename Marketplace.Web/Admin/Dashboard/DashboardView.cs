using Marketplace.Web.Figures;
using Marketplace.Web.Realtime.Relay;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>How often a rule of safety spoke, and was called wrong: to writers before sending, to readers beside a message.</summary>
public sealed record RuleView(int Rule, long ToWriters, long SentAnyway, long ToReaders, long CalledWrong)
{
    public long Shown => ToWriters + ToReaders;
}

/// <param name="Here">The node that answers.</param>
/// <param name="IsUp">Whether it reaches the broker.</param>
/// <param name="Missed">How often it may have missed events since it started, and everybody on it read again.</param>
/// <param name="Repaired">How many screens it found behind the database.</param>
public sealed record NodesView(string Here, bool IsUp, IReadOnlyList<RelayNode> Others, long Missed, long Repaired);

/// <summary>The figures of a period, by day. Pure: the same rows give the same view.</summary>
/// <param name="At">When the tables were counted (UTC); null if never.</param>
public sealed record DashboardView(
    DateTime? At,
    IReadOnlyList<DateOnly> Days,
    OpenReportsView OpenReports,
    UnreadView Unread,
    IReadOnlyList<QueueView> Queues,
    bool MayAct
)
{
    /// <summary>Whose buyer waits for longer is unanswered.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(24);

    /// <summary>What most messages should take less than.</summary>
    public static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(200);

    /// <summary>The site's nodes as the one that answers hears them; null where it is the only one.</summary>
    public NodesView? Nodes { get; init; }

    private readonly ILookup<(DateOnly, Figure), DailyFigure> figures = Enumerable
        .Empty<DailyFigure>()
        .ToLookup(figure => (figure.Day, figure.Figure));

    public required IReadOnlyList<DailyFigure> Figures
    {
        init => figures = value.ToLookup(figure => (figure.Day, figure.Figure));
    }

    public DateOnly Today => Days[^1];

    /// <summary>Null of a day on which it was not counted.</summary>
    public long? On(DateOnly day, Figure figure) =>
        figures[(day, figure)].Any() ? figures[(day, figure)].Sum(one => one.Value)
        : IsOfMoment(figure) || !figures[(day, Figure.FirstMessage)].Any() ? null
        : 0;

    /// <summary>Of the days on which it was counted.</summary>
    public IReadOnlyList<long> ByDay(Figure figure) => [.. Days.Select(day => On(day, figure)).OfType<long>()];

    public long Sum(Figure figure) => ByDay(figure).Sum();

    /// <summary>The last that was counted in the period.</summary>
    public long? Last(Figure figure) =>
        Days.Reverse().Select(day => On(day, figure)).FirstOrDefault(value => value is not null);

    /// <summary>The sums of the period, without those that are 0.</summary>
    public IReadOnlyDictionary<int, long> Parts(Figure figure) => Parts(figure, Days);

    public TimeSpan? Percentile(Figure figure, double share) => TimeBuckets.Percentile(Parts(figure), share);

    public TimeSpan? Percentile(Figure figure, double share, DateOnly day) =>
        TimeBuckets.Percentile(Parts(figure, [day]), share);

    /// <summary>The rules that spoke in the period, the loudest first.</summary>
    public IReadOnlyList<RuleView> Rules()
    {
        var (toWriters, sent, byWriters, toReaders, byReaders) = (
            Parts(Figure.CoachShown),
            Parts(Figure.CoachSent),
            Parts(Figure.CoachWrong),
            Parts(Figure.CautionShown),
            Parts(Figure.CautionWrong)
        );
        return
        [
            .. toWriters
                .Keys.Union(toReaders.Keys)
                .Union(byReaders.Keys)
                .Select(rule => new RuleView(
                    rule,
                    toWriters.GetValueOrDefault(rule),
                    sent.GetValueOrDefault(rule),
                    toReaders.GetValueOrDefault(rule),
                    byWriters.GetValueOrDefault(rule) + byReaders.GetValueOrDefault(rule)
                ))
                .OrderByDescending(rule => rule.Shown)
                .ThenBy(rule => rule.Rule),
        ];
    }

    // Not known of days that were counted later.
    private static bool IsOfMoment(Figure figure) =>
        figure is Figure.Unanswered or Figure.OpenReports or Figure.Database or Figure.Files;

    private Dictionary<int, long> Parts(Figure figure, IEnumerable<DateOnly> days) =>
        days.SelectMany(day => figures[(day, figure)])
            .GroupBy(one => one.Part)
            .ToDictionary(same => same.Key, same => same.Sum(one => one.Value));
}
