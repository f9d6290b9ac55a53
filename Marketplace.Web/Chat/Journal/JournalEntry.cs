using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Journal;

/// <summary>Something for the journal to write, by a person who is signed in; whether they may, the journal sees.</summary>
/// <param name="RoomId">The room that it concerns; 0 for what concerns a listing and all its rooms.</param>
public abstract record JournalEntry(long RoomId, long PersonId)
{
    /// <summary>Gives the writer the answer that was kept. After the commit.</summary>
    internal abstract void Complete();

    /// <summary>Tells the writer that it could not be written.</summary>
    internal abstract void Fail(Exception reason);
}

/// <summary>An entry whose writer waits for <typeparamref name="TAnswer"/>.</summary>
public abstract record JournalEntry<TAnswer>(long RoomId, long PersonId) : JournalEntry(RoomId, PersonId)
{
    private readonly TaskCompletionSource<TAnswer> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TAnswer? answer;

    /// <summary>Completes after the commit.</summary>
    public Task<TAnswer> Stored => stored.Task;

    /// <summary>Keeps the answer until the commit; a second attempt replaces it.</summary>
    internal void Keep(TAnswer given) => answer = given;

    internal override void Complete() => stored.TrySetResult(answer!);

    internal override void Fail(Exception reason) => stored.TrySetException(reason);
}

/// <summary>A message on its way into the journal; its text has been checked.</summary>
public sealed record NewMessage(long RoomId, long PersonId, Guid ClientId, string Body)
    : JournalEntry<Posted>(RoomId, PersonId)
{
    public MessageKind Kind { get; init; }

    /// <summary>The seq of the message that it answers; one that the room has not reached is refused.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Uploads of the sender that nothing has claimed yet; they become the room's in the message's transaction.</summary>
    public IReadOnlyList<PhotoView> Pictures { get; init; } = [];

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

/// <summary>What became of a new message. Neither: the sender is no member of such a room.</summary>
/// <param name="Problem">The key of the sentence that says why it was refused.</param>
public sealed record Posted(SentView? Sent, string? Problem = null);

/// <summary>
/// What a seller settles about an own listing: the move of the listing and the lines that tell of it, in one transaction.
/// </summary>
/// <param name="BuyerId">Whom it is reserved for or sold to; null where that is somebody who has not asked here.</param>
/// <param name="SeenMoves">
/// The listing's <see cref="Listing.Moves"/> on the screen where it was decided; null where nobody looked.
/// </param>
public sealed record Settlement(long ListingId, long SellerId, ListingState State, long? BuyerId, int? SeenMoves)
    : JournalEntry<Settled>(0, SellerId);

/// <summary>What became of a settlement. <see cref="Listing"/> is as it is now; null: the seller has no such listing.</summary>
/// <param name="IsRefused">The listing has moved on since the seller looked, and stays as it is.</param>
public sealed record Settled(SettledListing? Listing, bool IsRefused = false);

/// <summary>A listing's state after a settlement.</summary>
public sealed record SettledListing(ListingState State, long? BuyerId, int Moves);

/// <summary>
/// That a person has seen a room up to a place. Marks that wait together cost one write. The answer is false if the person
/// is no member of such a room.
/// </summary>
/// <param name="IsPrivate">Whether nobody else is told.</param>
public sealed record ReadMark(long RoomId, long PersonId, long Seq, bool IsPrivate)
    : JournalEntry<bool>(RoomId, PersonId);

/// <summary>A change of a message that is there. The answer has neither view nor problem where there is no such message.</summary>
public abstract record Change(long RoomId, long PersonId, long Seq) : JournalEntry<Changed>(RoomId, PersonId)
{
    /// <summary>Changes it, or gives the key of the sentence that says why not.</summary>
    internal abstract string? Apply(Message message, DateTime now);

    /// <summary>Whether the message is one that the person may take back or correct, and still within this time.</summary>
    protected string? Refuse(Message message, DateTime now, TimeSpan within, string tooLate) =>
        message.SenderId != PersonId || message is not { Kind: MessageKind.Text, DeletedAt: null } ? "Change.NotYours"
        : now - message.SentAt > within ? tooLate
        : null;
}

/// <summary>What became of a change.</summary>
public sealed record Changed(MessageView? Message, string? Problem = null);

public sealed record Edit(long RoomId, long PersonId, long Seq, string Body) : Change(RoomId, PersonId, Seq)
{
    internal override string? Apply(Message message, DateTime now)
    {
        if (Refuse(message, now, MessageRules.Editing, "Change.EditTooLate") is { } problem)
            return problem;
        if (message.Body != Body)
            (message.Body, message.EditedAt) = (Body, now);
        return null;
    }
}

/// <summary>Takes a message away from both; a tombstone stays.</summary>
public sealed record Deletion(long RoomId, long PersonId, long Seq) : Change(RoomId, PersonId, Seq)
{
    internal override string? Apply(Message message, DateTime now)
    {
        // Deleting twice is deleting once.
        if (message.SenderId == PersonId && message.DeletedAt is not null)
            return null;
        if (Refuse(message, now, MessageRules.Deleting, "Change.DeleteTooLate") is { } problem)
            return problem;
        (message.Body, message.Data, message.DeletedAt) = ("", null, now);
        return null;
    }
}

/// <summary>Puts a person's sign on a message, in place of the one before; null takes it away.</summary>
public sealed record Reaction(long RoomId, long PersonId, long Seq, string? Sign) : Change(RoomId, PersonId, Seq)
{
    internal override string? Apply(Message message, DateTime now)
    {
        if (message is not { Kind: MessageKind.Text, DeletedAt: null })
            return "Change.Nothing";
        message.Data = (MessageData.Parse(message.Data) ?? new MessageData()).React(PersonId, Sign).ToJson();
        return null;
    }
}
