using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Limits a person by the settings MessageBurst and MessagesPerSecond in Limits; 0 turns it off.</summary>
public sealed class MessageLimits(int burst, int perSecond, TimeProvider clock)
{
    private readonly TokenBuckets<long> messages = new(burst, perSecond, clock);

    private readonly TokenBuckets<long> typing = new(burst: 5, perSecond: 1, clock);

    /// <summary>Returns null if the person may write now, otherwise the time to wait.</summary>
    public TimeSpan? Ask(long person) => messages.Take(person);

    /// <summary>Returns a token: repeats are free.</summary>
    public void GiveBack(long person) => messages.GiveBack(person);

    public bool MayTellTyping(long person) => typing.Take(person) is null;
}
