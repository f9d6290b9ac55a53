using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>How somebody reads a room: what to listen to, and the queries that find the room through them.</summary>
/// <param name="Reader">Null for who supervises without being a member.</param>
public sealed record RoomAccess(
    AccountState? Reader,
    Topic Topic,
    Func<MarketplaceDbContext, IQueryable<Seat>> Seat,
    Func<MarketplaceDbContext, IQueryable<RoomView>> View
);

/// <summary>Opens rooms on screens, for callers that say who reads.</summary>
public sealed class OpenRooms(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    Presence presence,
    TimeProvider clock
)
{
    /// <param name="enter">Who reads, asked on each event; null when they no longer may.</param>
    /// <param name="run">The page's dispatcher; null on a page that is not live.</param>
    public OpenRoom Open(long roomId, Func<Task<RoomAccess?>> enter, Func<Func<Task>, Task>? run) =>
        new(database, broadcaster, presence, clock, roomId, enter, run);
}
