using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>
/// How fast one person may write: <c>Limits:MessageBurst</c> at once and <c>Limits:MessagesPerSecond</c> more each
/// second; 0 in either switches the limit off.
/// </summary>
public sealed class MessageLimits(int burst, int perSecond, TimeProvider clock)
{
    private readonly TokenBuckets messages = new(burst, perSecond, clock);

    // "Is writing" is worth telling once in some seconds.
    private readonly TokenBuckets typing = new(burst: 5, perSecond: 1, clock);

    /// <summary>Null if the person may write now, otherwise how long to wait.</summary>
    public TimeSpan? Ask(long person) => messages.Take(person);

    /// <summary>What was asked for turned out to be a repeat, which is free.</summary>
    public void GiveBack(long person) => messages.GiveBack(person);

    public bool MayTellTyping(long person) => typing.Take(person) is null;
}
