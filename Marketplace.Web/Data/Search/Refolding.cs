using Marketplace.Web.Chat.Search;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Data.Search;

/// <summary>The version of <see cref="Folding"/> of all stored texts: one row, or none before the first run.</summary>
public sealed class FoldingState
{
    public int Id { get; set; }
    public int Version { get; set; }
}

internal sealed class FoldingStateConfiguration : IEntityTypeConfiguration<FoldingState>
{
    public void Configure(EntityTypeBuilder<FoldingState> state)
    {
        state.ToTable("FoldingStates");
        state.Property(s => s.Id).ValueGeneratedNever();
    }
}

/// <summary>Refolds all but messages at startup if <see cref="Folding"/> changed; restarts if interrupted.</summary>
public sealed class Refolding(WriteTransactions transactions, IMessageIndex index, ILogger<Refolding> log)
{
    private const int AtOnce = 500;

    public async Task RunAsync()
    {
        if (
            await transactions.InTransactionAsync(db =>
                db.FoldingStates.AnyAsync(state => state.Version == Folding.Version)
            )
        )
            return;
        await EachAsync(
            async (db, after) =>
            {
                var listings = await db
                    .Listings.Include(l => l.Terms)
                    .Where(l => l.Id > after && !db.Users.Any(u => u.Id == l.SellerId && u.ErasedAt != null))
                    .OrderBy(l => l.Id)
                    .Take(AtOnce)
                    .ToListAsync();
                listings.ForEach(l => l.Describe(l.Title, l.Description, l.Place));
                return listings.LastOrDefault()?.Id;
            }
        );
        await EachAsync(
            async (db, after) =>
            {
                var users = await db
                    .Users.Include(u => u.Terms)
                    .Where(u => u.Id > after)
                    .OrderBy(u => u.Id)
                    .Take(AtOnce)
                    .ToListAsync();
                users.ForEach(u => u.Fold());
                return users.LastOrDefault()?.Id;
            }
        );
        await transactions.InTransactionAsync(async db =>
        {
            await index.ClearAsync(db);
            await db.FoldingStates.ExecuteDeleteAsync();
            db.Add(new FoldingState { Id = 1, Version = Folding.Version });
            return true;
        });
        log.LogInformation("What is searched is folded by version {Version}", Folding.Version);
    }

    private async Task EachAsync(Func<MarketplaceDbContext, long, Task<long?>> foldAfter)
    {
        for (long? last = 0; last is { } after; )
            last = await transactions.InTransactionAsync(db => foldAfter(db, after));
    }
}
