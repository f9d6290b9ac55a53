using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Tests.Chat;

public sealed class RoomRulesTests
{
    private const RoomRestrictions Both = RoomRestrictions.BlockedByBuyer | RoomRestrictions.BlockedBySeller;

    [Theory]
    [InlineData(RoomAct.Write, "Room.Restricted")]
    [InlineData(RoomAct.Change, "Room.Restricted")]
    [InlineData(RoomAct.Settle, "Deal.Restricted")]
    [InlineData(RoomAct.Retract, null)]
    public void Whoever_blocks_both_can_only_take_back(RoomAct act, string? problem)
    {
        Assert.Null(RoomRules.Problem(act, RoomRestrictions.None));
        foreach (var by in new[] { RoomRestrictions.BlockedByBuyer, RoomRestrictions.BlockedBySeller, Both })
            Assert.Equal(problem, RoomRules.Problem(act, by));
    }

    [Theory]
    [InlineData(RoomAct.Write, "Room.Locked")]
    [InlineData(RoomAct.Change, "Room.Locked")]
    [InlineData(RoomAct.Settle, "Room.Locked")]
    [InlineData(RoomAct.Retract, null)]
    public void Whoever_was_closed_out_can_only_take_back(RoomAct act, string? problem)
    {
        foreach (var besides in new[] { RoomRestrictions.None, Both })
            Assert.Equal(problem, RoomRules.Problem(act, RoomRestrictions.Locked | besides));
    }

    [Fact]
    public void To_who_has_left_nothing_new_is_written()
    {
        Assert.Equal("Message.AccountClosed", RoomRules.Problem(RoomAct.Write, RoomRestrictions.None, true));
        Assert.Equal("Room.Restricted", RoomRules.Problem(RoomAct.Write, RoomRestrictions.BlockedBySeller, true));
        Assert.Null(RoomRules.Problem(RoomAct.Change, RoomRestrictions.None, true));
    }

    [Fact]
    public void Each_side_knows_only_its_own_block()
    {
        Assert.True(RoomRestrictions.BlockedByBuyer.IsBlockedBy(buyer: true));
        Assert.False(RoomRestrictions.BlockedByBuyer.IsBlockedBy(buyer: false));
        Assert.True(Both.IsBlockedBy(buyer: false));
        Assert.False(RoomRestrictions.None.IsBlocked());
        // Nobody blocks the other there.
        Assert.False(RoomRestrictions.Locked.IsBlocked());
    }
}
