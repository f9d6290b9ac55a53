using Marketplace.Web.Data;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Safety;

/// <param name="At">UTC.</param>
public sealed record BlockView(long Id, string Name, DateTime At)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;
}

public sealed record BlockStateView(long Id, string Name, bool IsBlocked);

internal static class BlockQueries
{
    public static IQueryable<BlockStateView> State(MarketplaceDbContext db, long userId, long personId) =>
        from person in db.Users
        where person.Id == personId && person.ClosedAt == null
        select new BlockStateView(
            person.Id,
            person.DisplayName,
            db.Blocks.Any(block => block.BlockerId == userId && block.BlockedId == personId)
        );

    public static IQueryable<BlockView> Of(MarketplaceDbContext db, long userId) =>
        from block in db.Blocks
        where block.BlockerId == userId
        join blocked in db.Users on block.BlockedId equals blocked.Id
        orderby block.At descending, block.BlockedId descending
        select new BlockView(blocked.Id, blocked.DisplayName, block.At);

    public static IQueryable<Block> Between(MarketplaceDbContext db, long one, long other) =>
        db.Blocks.Where(block =>
            (block.BlockerId == one && block.BlockedId == other) || (block.BlockerId == other && block.BlockedId == one)
        );
}
