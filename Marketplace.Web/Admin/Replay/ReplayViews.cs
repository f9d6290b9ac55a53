using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Admin.Replay;

public enum ReplayStep
{
    Said,
    Edited,

    /// <summary>The administration hid a part of it.</summary>
    Masked,
    Deleted,

    /// <summary>The administration hid it.</summary>
    Hidden,
}

/// <summary>What happened to a message.</summary>
/// <param name="At">UTC.</param>
/// <param name="Body">The text from then on; null if it is not kept.</param>
public sealed record ReplayEvent(DateTime At, long Seq, ReplayStep Step, string? Body);

/// <summary>A message as it was at a moment.</summary>
/// <param name="Gap">Since the message before it; zero for the first.</param>
/// <param name="Last">What last happened to it.</param>
public sealed record ReplayLine(MessageView Message, TimeSpan Gap, ReplayEvent Last)
{
    public bool IsGone => Last.Step is ReplayStep.Deleted or ReplayStep.Hidden;

    /// <summary>Null for what a person said.</summary>
    public ListingState? Moves => StateOf(Message.Kind) ?? StateOf(Message.Deal?.Kind);

    private static ListingState? StateOf(DealStepKind? step) =>
        step switch
        {
            DealStepKind.Accepted => ListingState.Reserved,
            DealStepKind.Sold => ListingState.Sold,
            DealStepKind.Cancelled or DealStepKind.ReservationEnded or DealStepKind.NotDone or DealStepKind.NoShow =>
                ListingState.Active,
            _ => null,
        };

    public static ListingState? StateOf(MessageKind kind) =>
        kind switch
        {
            MessageKind.Reserved => ListingState.Reserved,
            MessageKind.SoldHere or MessageKind.SoldElsewhere => ListingState.Sold,
            MessageKind.Released => ListingState.Active,
            _ => null,
        };
}

/// <summary>A text of a message, and until when (UTC) it was that.</summary>
public sealed record ReplayVersion(long Seq, string Body, DateTime Until, bool IsModerated);

/// <param name="Seen">The listing at the first message; null if that is not kept.</param>
public sealed record ReplayRoom(RoomView Room, ListingSnapshot? Seen);

/// <summary>A part of the room's past, as read: messages before and in the window, and the one after it.</summary>
/// <param name="State">What a line of the site said of the listing before the first of these messages.</param>
public sealed record ReplayPart(
    long After,
    IReadOnlyList<MessageView> Messages,
    ILookup<long, ReplayVersion> Versions,
    ListingState? State
);
