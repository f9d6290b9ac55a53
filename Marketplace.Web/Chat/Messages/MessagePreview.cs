using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Messages;

internal static class MessagePreview
{
    /// <param name="name">Of the sender.</param>
    public static string Of(
        IStringLocalizer<ChatTexts> texts,
        PreviewKind kind,
        string text,
        string? name = null,
        bool isMine = false
    ) =>
        kind is PreviewKind.Text ? text
        : kind is PreviewKind.Deal && DealStep.OfMark(text) is { } step
            ? DealSentence.Of(step, name ?? texts["Step.UnknownPerson"], isMine)
        : texts[$"Preview.{kind}"];
}
