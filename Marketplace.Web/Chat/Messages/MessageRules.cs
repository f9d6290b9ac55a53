using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

public static class MessageRules
{
    /// <summary>Counted from the time of sending.</summary>
    public static readonly TimeSpan Editing = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Deleting = TimeSpan.FromHours(24);

    public const int MaxPictures = 10;

    public static readonly IReadOnlyList<string> Signs = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

    /// <summary>Returns the text as it is stored, or the text key of the problem.</summary>
    public static (string Body, string? Problem) Check(string? text, bool mayBeEmpty = false)
    {
        // Reject much longer texts before the costly removal of invisible characters.
        if (text?.Length > 8 * Message.MaxBodyLength)
            return (text, "Message.TooLong");
        // An unpaired surrogate or a NUL cannot be stored identically on both databases.
        if (text is not null && (text.Contains('\0') || !VisibleText.IsWellFormed(text)))
            return ("", "Message.Unreadable");
        var body = VisibleText.Lines(text);
        return body.Length switch
        {
            0 when !mayBeEmpty => (body, "Message.Empty"),
            > Message.MaxBodyLength => (body, "Message.TooLong"),
            _ => (body, null),
        };
    }

    public static bool MayEdit(MessageView message, long me, DateTime now) =>
        message is { Kind: MessageKind.Text, DeletedAt: null }
        && message.SenderId == me
        && now - message.SentAt <= Editing;

    public static bool MayDelete(MessageView message, long me, DateTime now) =>
        message is { Kind: MessageKind.Text, DeletedAt: null }
        && message.SenderId == me
        && now - message.SentAt <= Deleting;
}
