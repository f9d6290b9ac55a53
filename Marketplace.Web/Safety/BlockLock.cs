using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Safety;

internal static class BlockLock
{
    /// <summary>Makes blocks and new rooms of two people wait for each other, by an update that changes nothing.</summary>
    public static Task TakeAsync(MarketplaceDbContext db, long one, long other) =>
        db
            .Users.Where(user => user.Id == one || user.Id == other)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.JoinedAt, u => u.JoinedAt));
}
