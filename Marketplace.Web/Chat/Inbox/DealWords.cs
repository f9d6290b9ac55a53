using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>What a row of the list says of its deal instead of the listing's price.</summary>
internal static class DealWords
{
    /// <summary>Null if there is nothing to say.</summary>
    public static string? Tag(IStringLocalizer<ChatTexts> texts, ReaderClock clock, InboxRowView row) =>
        row.Deal switch
        {
            { Stage: DealStage.Offered, Price: var price } => texts["Tag.Offer", Show(row, price)].Value,
            { Stage: DealStage.OnHold, Price: var price } => texts["Tag.OnHold", Show(row, price)].Value,
            { Stage: DealStage.Agreed, Price: var price } => texts["Tag.Agreed", Show(row, price)].Value,
            { Stage: DealStage.Meeting, MeetAt: { } at } => texts["Tag.Meeting", clock.WhenBriefly(at)].Value,
            _ => null,
        };

    public static string? Class(InboxRowView row) =>
        row.Deal?.Stage switch
        {
            DealStage.Offered or DealStage.OnHold => "offer",
            DealStage.Agreed or DealStage.Meeting => "agreed",
            _ => null,
        };

    private static string Show(InboxRowView row, long price) => Money.Show(price, row.Currency);
}
