namespace Marketplace.Web.Safety.Reports;

/// <summary>Stored as a number: append only.</summary>
public enum ReportOutcome
{
    NoInfringement,
    Warning,
    Suspension,

    /// <summary>The message is hidden from both.</summary>
    MessageHidden,

    /// <summary>A part of the message is hidden from both.</summary>
    TextMasked,

    /// <summary>The listing is removed.</summary>
    ListingRemoved,
}

/// <summary>The rules of the house that can be broken. Stored as a number: append only.</summary>
public enum HouseRule
{
    OutsidePayment,
    Fraud,
    Respect,
    Prohibited,
    Counterfeit,
    Impersonation,
    PersonalData,
    Spam,
    Commitment,
}

/// <summary>What an administrator decides on a report; after an objection there is a second one.</summary>
public sealed class ReportDecision
{
    public const int MaxTextLength = 1_000;

    public long Id { get; set; }
    public long ReportId { get; set; }
    public long DeciderId { get; set; }
    public ReportOutcome Outcome { get; set; }
    public HouseRule? Rule { get; set; }

    /// <summary>What the reporter is told.</summary>
    public string ToReporter { get; set; } = "";

    /// <summary>What the person whom it is about is told; null if nothing.</summary>
    public string? ToPerson { get; set; }

    /// <summary>Until when a suspension lasts (UTC); null if it does not end by itself.</summary>
    public DateTime? Until { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}
