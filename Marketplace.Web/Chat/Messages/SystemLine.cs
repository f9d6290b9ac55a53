using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Messages;

internal static class SystemLine
{
    public static string Of(IStringLocalizer<ChatTexts> texts, MessageView message, string? buyer, Reader reader)
    {
        var key = $"Happened.{message.Kind}";
        return texts[reader == Reader.Buyer ? key : $"{key}.{reader}", message.SenderName, buyer ?? ""];
    }

    /// <summary>The names match the suffixes of the text keys.</summary>
    public enum Reader
    {
        Buyer,
        Mine,
        Supervised,
    }
}
