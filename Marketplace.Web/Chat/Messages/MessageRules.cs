using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What may become of a text and of a message. Pure functions, used by every door.</summary>
public static class MessageRules
{
    /// <summary>How long a message can be edited after it was sent.</summary>
    public static readonly TimeSpan Editing = TimeSpan.FromMinutes(15);

    /// <summary>How long a message can be deleted for both after it was sent.</summary>
    public static readonly TimeSpan Deleting = TimeSpan.FromHours(24);

    public const int MaxPictures = 10;

    /// <summary>What one can react with.</summary>
    public static readonly IReadOnlyList<string> Signs = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

    /// <summary>The text as it is stored, or the key of the sentence that says what is wrong with it.</summary>
    /// <param name="mayBeEmpty">Where pictures stand for it.</param>
    public static (string Body, string? Problem) Check(string? text, bool mayBeEmpty = false)
    {
        // Of what is much longer, what does not show need not be looked for.
        if (text?.Length > 8 * Message.MaxBodyLength)
            return (text, "Message.TooLong");
        // A lone half of a surrogate pair or a NUL can't be stored the same on both databases.
        if (text is not null && (text.Contains('\0') || !IsWellFormed(text)))
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

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }
        return true;
    }
}
