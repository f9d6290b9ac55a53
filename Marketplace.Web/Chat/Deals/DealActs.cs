using System.Globalization;
using System.Text.Json.Serialization;

namespace Marketplace.Web.Chat.Deals;

/// <summary>What somebody does to a deal.</summary>
public abstract record DealAct
{
    /// <summary>Whether it may reserve the listing, which concerns the other rooms about it.</summary>
    internal virtual bool MayReserve => false;

    /// <summary>Whether it takes both: not while one blocks the other, or is gone.</summary>
    internal virtual bool NeedsBoth => false;
}

/// <summary>Names a price: an offer, a counter-offer, or one's expired offer again.</summary>
public sealed record Offer(long Price) : DealAct
{
    internal override bool NeedsBoth => true;
}

public sealed record Withdraw : DealAct;

public sealed record Decline : DealAct;

public sealed record Accept : DealAct
{
    internal override bool NeedsBoth => true;
    internal override bool MayReserve => true;
}

/// <summary>Proposes a meeting, or another one.</summary>
public sealed record Propose(Meeting Meeting) : DealAct
{
    internal override bool NeedsBoth => true;
}

public sealed record Confirm : DealAct
{
    internal override bool NeedsBoth => true;
}

/// <summary>Somebody is on the way to the meeting.</summary>
public sealed record Arrive : DealAct
{
    internal override bool NeedsBoth => true;
}

public sealed record Cancel(CancelReason Reason, string? Word) : DealAct;

/// <summary>Whether it was done, after the meeting.</summary>
public sealed record Say(Answer Answer) : DealAct;

/// <summary>Does what is due.</summary>
public sealed record PassTime : DealAct;

/// <summary>Follows what became of the listing: another state, buyer or price.</summary>
public sealed record Follow : DealAct;

/// <summary>Stored as a number: append only.</summary>
public enum CancelReason
{
    ChangedMind,
    NoTime,
    NotAsDescribed,
    NoAnswer,
    Other,
}

/// <summary>Stored as a number, and by name in lists: append only, and never rename.</summary>
public enum DealStepKind
{
    Offered,
    Countered,
    OfferedAgain,
    Withdrawn,
    Declined,
    OfferEnds,
    Expired,
    Accepted,
    Held,
    Revived,

    /// <summary>The list price fell below the offer.</summary>
    PriceFell,

    /// <summary>The listing is no longer for sale.</summary>
    Gone,
    Proposed,
    Met,
    MeetingTomorrow,
    MeetingSoon,
    Arriving,
    Asked,
    Said,
    Disputed,

    /// <summary>Both say that nothing came of it.</summary>
    NotDone,
    Cancelled,
    ReservationEnds,
    ReservationEnded,
    Sold,
    NoShow,

    /// <summary>The same as <see cref="Gone"/>, of what both had agreed on.</summary>
    AgreementGone,
}

/// <summary>What a message tells of a deal; the sentence is made for each reader.</summary>
/// <param name="By">Whose act it was; null if the site's.</param>
public sealed record DealStep(DealStepKind Kind, Side? By)
{
    public long? Price { get; init; }

    /// <summary>Until when what the step begins holds. UTC.</summary>
    public DateTime? Until { get; init; }
    public Meeting? Meeting { get; init; }
    public CancelReason? Reason { get; init; }

    /// <summary>Of the one who acts, in their own words.</summary>
    public string? Word { get; init; }
    public bool? IsDone { get; init; }
    public Side? Who { get; init; }

    internal DealStep WithoutWords() =>
        this with
        {
            Word = null,
            Meeting = Meeting is null ? null : Meeting with { Place = "", Note = null },
        };

    /// <summary>What lists and notices make their sentence of.</summary>
    [JsonIgnore]
    public string Mark => FormattableString.Invariant($"{Kind};{By};{Price};{IsDone};{Who}");

    /// <summary>Null if it is none.</summary>
    public static DealStep? OfMark(string? mark) =>
        mark?.Split(';') is [var kind, var by, var price, var done, var who]
        && Enum.TryParse<DealStepKind>(kind, out var known)
            ? new(known, Parse(by))
            {
                Price = long.TryParse(price, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
                    ? amount
                    : null,
                IsDone = bool.TryParse(done, out var isDone) ? isDone : null,
                Who = Parse(who),
            }
            : null;

    private static Side? Parse(string side) => Enum.TryParse<Side>(side, out var known) ? known : null;
}

/// <summary>What a change does to the listing.</summary>
public enum DealEffect
{
    None,
    Reserve,
    Free,
    Sell,
}

/// <param name="Step">What is told of it; null if another line tells it.</param>
internal sealed record DealChange(Deal After, DealStep? Step, DealEffect Effect = DealEffect.None);
