using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What a seller settled in a room, told to who reads it: the seller, the buyer, or who supervises.</summary>
internal static class SystemLine
{
    public static string Of(IStringLocalizer<ChatTexts> texts, MessageView message, string? buyer, Reader reader)
    {
        var key = $"Happened.{message.Kind}";
        return texts[reader == Reader.Buyer ? key : $"{key}.{reader}", message.SenderName, buyer ?? ""];
    }

    /// <summary>Named as the texts are.</summary>
    public enum Reader
    {
        Buyer,
        Mine,
        Supervised,
    }
}
