using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>What was counted of one day, to be kept in place of what was counted before.</summary>
internal sealed class DayFigures(DateOnly day)
{
    private readonly List<DailyFigure> figures = [];
    private readonly HashSet<Figure> counted = [];

    public void Add(Figure figure, long value) => Add(figure, [new PartCount(0, value)]);

    public void Add(Figure figure, IEnumerable<PartCount> parts)
    {
        counted.Add(figure);
        figures.AddRange(
            parts.Select(part => new DailyFigure
            {
                Day = day,
                Figure = figure,
                Part = part.Part,
                Value = part.Count,
            })
        );
    }

    public async Task AddMessagesAsync(MarketplaceDbContext db, long first, long end, CancellationToken cancellation)
    {
        var counts = await FigureQueries.Day(db, first, end).SingleOrDefaultAsync(cancellation);
        Add(Figure.FirstMessage, first);
        Add(Figure.Messages, counts?.Messages ?? 0);
        Add(Figure.Rooms, counts?.Rooms ?? 0);
        Add(Figure.People, counts?.People ?? 0);
        Add(Figure.Begun, counts?.Begun ?? 0);
        var buckets = new Dictionary<int, long>();
        await foreach (
            var answer in FigureQueries.FirstAnswers(db, first, end).AsAsyncEnumerable().WithCancellation(cancellation)
        )
        {
            var bucket = TimeBuckets.Of(answer.AnsweredAt - answer.AskedAt);
            buckets[bucket] = buckets.GetValueOrDefault(bucket) + 1;
        }
        Add(Figure.FirstAnswer, buckets.Select(bucket => new PartCount(bucket.Key, bucket.Value)));
    }

    public async Task<bool> KeepAsync(MarketplaceDbContext db)
    {
        var replaced = counted.ToList();
        await db.DailyFigures.Where(f => f.Day == day && replaced.Contains(f.Figure)).ExecuteDeleteAsync();
        db.DailyFigures.AddRange(figures);
        return true;
    }
}
