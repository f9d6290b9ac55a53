using Marketplace.Web.Data;

namespace Marketplace.Web.Safety;

/// <summary>The conversations of two people; implemented by the chat, a layer above.</summary>
public interface IBlockedRooms
{
    /// <summary>Closes or opens them for writing, in the transaction of the block or of its end.</summary>
    /// <returns>What tells the open screens; call it after the commit.</returns>
    Task<Action> RestrictAsync(MarketplaceDbContext db, long blockerId, long blockedId, bool isBlocked);
}
