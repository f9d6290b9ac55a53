using System.Diagnostics;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Web.Chat.Journal;

/// <summary>Work for the journal from a signed-in person. The journal checks membership itself.</summary>
/// <param name="RoomId">The room; 0 for an entry that concerns a listing and all its rooms.</param>
public abstract record JournalEntry(long RoomId, long PersonId)
{
    /// <summary>When the journal took it, by the clock's timestamps.</summary>
    internal long TakenAt { get; set; }

    /// <summary>What follows the entry's way; usually nothing.</summary>
    internal ActivityContext Trace { get; set; }

    internal abstract void Complete();

    internal abstract void Fail(Exception reason);
}

public abstract record JournalEntry<TAnswer>(long RoomId, long PersonId) : JournalEntry(RoomId, PersonId)
{
    private readonly TaskCompletionSource<TAnswer> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TAnswer? answer;

    public Task<TAnswer> Stored => stored.Task;

    /// <summary>Keeps the answer until the commit; a retry replaces it.</summary>
    internal void Keep(TAnswer given) => answer = given;

    internal override void Complete() => stored.TrySetResult(answer!);

    internal override void Fail(Exception reason) => stored.TrySetException(reason);
}

/// <summary>A message for the journal to store. Its text has already been checked.</summary>
public sealed record NewMessage(long RoomId, long PersonId, Guid ClientId, string Body)
    : JournalEntry<Posted>(RoomId, PersonId)
{
    public MessageKind Kind { get; init; }

    /// <summary>The seq of the quoted message. The journal refuses one that the room has not reached.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>What it tells of a deal.</summary>
    public DealStep? Step { get; init; }

    /// <summary>Unclaimed uploads of the sender. The message's transaction attaches them to the room.</summary>
    public IReadOnlyList<PhotoView> Pictures { get; init; } = [];

    /// <summary>What is written in the same transaction, such as who of the administration wrote it.</summary>
    public Func<MarketplaceDbContext, Task>? Within { get; init; }

    /// <summary>What the rules need to know of the sender, if they may find something in the text; null if they cannot.</summary>
    public SafetyContext? Doubt { get; init; }

    internal MessageKey Key => new(RoomId, PersonId, ClientId);

    internal Message ToMessage(MessageData? data) =>
        new()
        {
            SenderId = PersonId,
            ClientId = ClientId,
            Kind = Kind,
            Body = Body,
            Data = data?.ToJson(),
            ReplyTo = ReplyTo,
        };
}

/// <summary>The result of posting a message. With both null, the sender is no member of such a room.</summary>
public sealed record Posted(SentView? Sent, string? Problem = null);

/// <summary>Raises a read mark; waiting marks share one write. The answer is false for a non-member.</summary>
public sealed record ReadMark(long RoomId, long PersonId, long Seq, bool IsPrivate)
    : JournalEntry<bool>(RoomId, PersonId);

/// <summary>A change of a stored message. An answer with neither view nor problem means that there is none.</summary>
public abstract record Change(long RoomId, long PersonId, long Seq) : JournalEntry<Changed>(RoomId, PersonId)
{
    internal virtual RoomAct Act => RoomAct.Change;

    internal abstract string? Apply(Message message, DateTime now);

    protected string? Refuse(Message message, DateTime now, TimeSpan within, string tooLate) =>
        message.SenderId != PersonId || message is not { Kind: MessageKind.Text, DeletedAt: null } ? "Change.NotYours"
        : now - message.SentAt > within ? tooLate
        : null;
}

public sealed record Changed(MessageView? Message, string? Problem = null);

public sealed record Edit(long RoomId, long PersonId, long Seq, string Body) : Change(RoomId, PersonId, Seq)
{
    internal override string? Apply(Message message, DateTime now)
    {
        if (Refuse(message, now, MessageRules.Editing, "Change.EditTooLate") is { } problem)
            return problem;
        if (MessageData.Parse(message.Data)?.Masked is not null)
            return "Change.Moderated";
        if (message.Body != Body)
            (message.Body, message.EditedAt) = (Body, now);
        return null;
    }
}

/// <param name="IsErasure">Of a closed account's text, however old it is.</param>
public sealed record Deletion(long RoomId, long PersonId, long Seq, bool IsErasure = false)
    : Change(RoomId, PersonId, Seq)
{
    internal override RoomAct Act => RoomAct.Retract;

    internal override string? Apply(Message message, DateTime now)
    {
        if (message.SenderId == PersonId && message.DeletedAt is not null)
        {
            // What the administration hides does not come back either.
            message.Data = null;
            return null;
        }
        var within = IsErasure ? TimeSpan.MaxValue : MessageRules.Deleting;
        if (Refuse(message, now, within, "Change.DeleteTooLate") is { } problem)
            return problem;
        (message.Body, message.Data, message.DeletedAt) = ("", null, now);
        return null;
    }
}

public sealed record Reaction(long RoomId, long PersonId, long Seq, string? Sign) : Change(RoomId, PersonId, Seq)
{
    internal override RoomAct Act => Sign is null ? RoomAct.Retract : RoomAct.Change;

    internal override string? Apply(Message message, DateTime now)
    {
        if (message is not { Kind: MessageKind.Text, DeletedAt: null })
            return "Change.Nothing";
        message.Data = (MessageData.Parse(message.Data) ?? new MessageData()).React(PersonId, Sign).ToJson();
        return null;
    }
}
