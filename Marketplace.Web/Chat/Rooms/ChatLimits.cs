using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>The settings below <c>Limits</c> that bound what a person does in the chat; 0 turns one off.</summary>
/// <param name="ReadsPerSecond">Read marks; six times as many at once.</param>
/// <param name="ChangesPerSecond">Drafts, pins, mutes and the like; six times as many at once.</param>
public sealed record ChatPace(int MessageBurst, int MessagesPerSecond, int ReadsPerSecond, int ChangesPerSecond)
{
    public static readonly ChatPace Unbounded = new(0, 0, 0, 0);

    public static ChatPace Of(IConfiguration configuration)
    {
        // All are read, so that an invalid value fails the start.
        var pace = new ChatPace(
            configuration.Number("Limits:MessageBurst", 10, 0, 1_000_000),
            configuration.Number("Limits:MessagesPerSecond", 2, 0, 1_000_000),
            configuration.Number("Limits:ReadsPerSecond", 10, 0, 1_000_000),
            configuration.Number("Limits:ChangesPerSecond", 5, 0, 1_000_000)
        );
        return configuration.Flag("Limits:Enabled", fallback: true) ? pace : Unbounded;
    }
}

/// <summary>How many rooms a person may open in 24 hours as a buyer; 0 turns one off.</summary>
/// <param name="OfNew">For accounts younger than a week.</param>
public sealed record NewRoomLimits(int PerDay, int OfNew)
{
    private static readonly TimeSpan Young = TimeSpan.FromDays(7);

    public static NewRoomLimits Of(IConfiguration configuration)
    {
        var limits = new NewRoomLimits(
            configuration.Number("Limits:NewRooms", 50, 0, 1_000_000),
            configuration.Number("Limits:NewRoomsOfNew", 10, 0, 1_000_000)
        );
        return configuration.Flag("Limits:Enabled", fallback: true) ? limits : new(0, 0);
    }

    public int Of(DateTime joinedAt, DateTime now) => now - joinedAt < Young ? OfNew : PerDay;
}

/// <summary>Limits a person. Each method returns null if they may act now, otherwise the time to wait.</summary>
public sealed class ChatLimits(ChatPace pace, LimitBook book)
{
    private const int Burst = 6;

    private readonly TokenBuckets<long> messages = book.Make<long>(
        "messages",
        pace.MessageBurst,
        pace.MessagesPerSecond
    );
    private readonly TokenBuckets<long> reads = book.Make<long>(
        "reads",
        Burst * pace.ReadsPerSecond,
        pace.ReadsPerSecond
    );
    private readonly TokenBuckets<long> changes = book.Make<long>(
        "changes",
        Burst * pace.ChangesPerSecond,
        pace.ChangesPerSecond
    );
    private readonly TokenBuckets<long> typing = book.Make<long>("typing", burst: 5, perSecond: 1);

    public TimeSpan? Ask(long person) => messages.Take(person);

    public void GiveBack(long person) => messages.GiveBack(person);

    public TimeSpan? AskToRead(long person) => reads.Take(person);

    public TimeSpan? AskToChange(long person) => changes.Take(person);

    public bool MayTellTyping(long person) => typing.Take(person) is null;
}
