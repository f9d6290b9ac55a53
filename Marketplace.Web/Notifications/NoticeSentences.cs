using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications;

/// <summary>What happened, in a sentence of the current culture: the same in the list, in mails and on devices.</summary>
internal static class NoticeSentences
{
    /// <param name="from">The other person of the room; null outside rooms.</param>
    public static string Say(
        this IStringLocalizer<NotificationTexts> texts,
        NoticeKind kind,
        string? from,
        string? data = null
    )
    {
        if (kind is NoticeKind.Deal && DealStep.OfMark(data) is { } step)
            return DealSentence.Of(step, PersonName.Of(from ?? ""), isMine: false);
        var price = kind is NoticeKind.PriceDropped ? PriceChange.Read(data) : null;
        return texts[
            $"Said.{kind}",
            PersonName.Of(from ?? ""),
            price is null ? "" : Money.Show(price.From, price.Currency),
            price is null ? "" : Money.Show(price.To, price.Currency),
            NoticeAct.Read(kind, data)?.Text ?? ""
        ];
    }

    /// <summary>And of which listing, if it is of one.</summary>
    public static string SayOf(
        this IStringLocalizer<NotificationTexts> texts,
        NoticeKind kind,
        string? from,
        string? data,
        string? listing
    ) => listing is null ? texts.Say(kind, from, data) : $"{texts.Say(kind, from, data)} · {listing}";
}
