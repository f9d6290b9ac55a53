using Marketplace.Web.Admin.Audit;

namespace Marketplace.Web.Admin.Wall;

/// <summary>Why somebody watches, and of which rooms the record says so already: once per room and visit.</summary>
public sealed class WallVisit(Look look)
{
    private readonly HashSet<long> recorded = [];
    private bool hasBegun;

    /// <summary>To record before these rooms are shown; empty if all of it is.</summary>
    public IReadOnlyList<AuditDeed> Before(IEnumerable<WallTile> tiles) =>
        [
            .. hasBegun
                ? []
                : new[]
                {
                    new AuditDeed(AuditAction.WallOpened) { Reason = look.Reason, Text = look.Text },
                },
            .. tiles
                .Select(tile => tile.Room.Id)
                .Where(id => !recorded.Contains(id))
                .Select(id => new AuditDeed(AuditAction.WallShown, id) { Reason = look.Reason }),
        ];

    public void Recorded(IEnumerable<WallTile> tiles)
    {
        hasBegun = true;
        recorded.UnionWith(tiles.Select(tile => tile.Room.Id));
    }
}
