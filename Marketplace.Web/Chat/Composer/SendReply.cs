using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Composer;

/// <summary>The answer to an outbox send; all values are null if the message is stored.</summary>
/// <param name="RetryAfter">In milliseconds.</param>
public sealed record SendReply(string? Refused, string? Text, double? RetryAfter)
{
    public static SendReply Of(Refusal? refusal) =>
        new(refusal?.Kind.ToString(), refusal?.Text, refusal?.RetryAfter?.TotalMilliseconds);
}
