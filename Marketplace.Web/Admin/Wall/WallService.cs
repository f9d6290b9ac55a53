using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Admin.Wall;

/// <summary>Many rooms at once, for administrators.</summary>
public sealed class WallService(
    WallFeed feed,
    CurrentUser currentUser,
    AuditRecord record,
    Broadcaster broadcaster,
    TimeProvider clock
)
{
    /// <summary>The page loads and disposes it. Loading records why before anything is shown.</summary>
    public WallSession Open(Look look, Func<Func<Task>, Task> run) =>
        new(feed, currentUser, record, broadcaster, clock, look, run);
}
