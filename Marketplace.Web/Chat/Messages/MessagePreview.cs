using Marketplace.Web.Chat.Rooms;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Messages;

internal static class MessagePreview
{
    public static string Of(IStringLocalizer<ChatTexts> texts, PreviewKind kind, string text) =>
        kind == PreviewKind.Text ? text : texts[$"Preview.{kind}"];
}
