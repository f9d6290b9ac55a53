using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Figures;

/// <summary>Adds what this process counted to the day, each minute and at the end.</summary>
public sealed class FigureWriter(
    FigureTally tally,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<FigureWriter> log
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Adds what was counted until now; what cannot be written is kept for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancellation = default)
    {
        var taken = tally.Take();
        if (taken.Count == 0)
            return;
        try
        {
            await transactions.InTransactionAsync(db => AddAsync(db, taken), cancellation);
        }
        catch (Exception exception)
        {
            tally.GiveBack(taken);
            if (exception is not OperationCanceledException)
                log.LogError("The figures of a minute wait for the next: {Reason}", exception.Message);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Between, clock, stoppingToken);
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task<bool> AddAsync(MarketplaceDbContext db, IReadOnlyList<(Figure, int, long)> taken)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var (figure, part, count) in taken)
        {
            var row = db.DailyFigures.Where(f => f.Day == day && f.Figure == figure && f.Part == part);
            if (await row.ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, x => x.Value + count)) == 0)
                db.DailyFigures.Add(
                    new()
                    {
                        Day = day,
                        Figure = figure,
                        Part = part,
                        Value = count,
                    }
                );
        }
        return true;
    }
}
