namespace Marketplace.Web.Chat.Deals;

/// <summary>The stored deal of a room, and of it what lists show and filter by.</summary>
public sealed class RoomDeal
{
    public long RoomId { get; set; }
    public long ListingId { get; set; }
    public DealStage Stage { get; private set; }
    public Side By { get; private set; }
    public long Price { get; private set; }

    /// <summary>UTC, of the agreed meeting while it stands.</summary>
    public DateTime? MeetAt { get; private set; }

    /// <summary>UTC; null unless it is sold to this buyer.</summary>
    public DateTime? SoldAt { get; private set; }

    /// <summary>The <see cref="Deal"/> as JSON.</summary>
    public string Data { get; private set; } = "";

    public void Become(Deal deal) =>
        (Stage, By, Price, MeetAt, SoldAt, Data) = (
            deal.Stage,
            deal.By,
            deal.Price,
            deal.Stage is DealStage.Meeting ? deal.Agreed?.At : null,
            deal.Stage is DealStage.Sold ? deal.SoldAt : null,
            deal.ToJson()
        );
}
