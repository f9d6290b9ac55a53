using System.Globalization;
using System.Text.Json.Serialization;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>
/// What a transcript says before its messages. Times are texts (ISO 8601): in UTC with seven digits, and in the zone of
/// whoever exported it, so that a hash covers what is read.
/// </summary>
/// <param name="Looks">Of administrators, without their names; null where the site does not show them.</param>
/// <param name="Removed">All pictures that no message shows any more.</param>
public sealed record TranscriptHeader(
    string Format,
    string Zone,
    TranscriptTime ReadAt,
    TranscriptRoom Room,
    TranscriptListing Listing,
    IReadOnlyList<TranscriptPerson> People,
    IReadOnlyList<TranscriptLook>? Looks,
    IReadOnlyList<TranscriptRemoved> Removed
);

public sealed record TranscriptTime(string Utc, string Local)
{
    private const string Exact = "O";

    internal DateTime At => DateTime.ParseExact(Utc, Exact, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static TranscriptTime Of(DateTime utc, ReaderClock clock) =>
        new(
            utc.ToString(Exact, CultureInfo.InvariantCulture),
            clock.InZone(utc).ToString(Exact, CultureInfo.InvariantCulture)
        );
}

public sealed record TranscriptRoom(
    long Id,
    TranscriptTime CreatedAt,
    long FirstSeq,
    long LastSeq,
    long Rev,
    bool IsLocked
);

/// <param name="Seen">As the buyer saw it at the first message; null before there is one.</param>
public sealed record TranscriptListing(long Id, string Title, string State, TranscriptSeen? Seen);

/// <param name="Price">In minor units of the currency.</param>
public sealed record TranscriptSeen(
    string Title,
    string Description,
    long Price,
    string Currency,
    IReadOnlyList<TranscriptPicture> Photos
);

/// <param name="Part"><c>Buyer</c> or <c>Seller</c>.</param>
public sealed record TranscriptPerson(long Id, string Name, string Part, TranscriptTime JoinedAt, bool IsClosed);

/// <param name="Number">Of the entry of the record, whose hash this is.</param>
public sealed record TranscriptLook(long Number, TranscriptTime At, string Action, string? Reason, string Hash);

/// <param name="Name">In the archive; null, with the hash, if the site has the file no more.</param>
public sealed record TranscriptPicture(string File, string? Name, string? Sha256);

/// <summary>A picture of a message that was deleted, large or small, which the site still has.</summary>
public sealed record TranscriptRemoved(long OwnerId, TranscriptTime UploadedAt, TranscriptPicture Picture);

/// <summary>A text of a message that was replaced or deleted then.</summary>
public sealed record TranscriptVersion(string Body, TranscriptTime Until);

public sealed record TranscriptReaction(long PersonId, string Sign);

/// <summary>A message of a transcript.</summary>
/// <param name="ReplyTo">The seq that it answers.</param>
/// <param name="Moderation"><c>Hidden</c> or <c>Masked</c> and the rule, such as <c>Hidden:Fraud</c>: what it was is the last earlier text.</param>
public sealed record TranscriptMessage(
    long Seq,
    long Rev,
    string Kind,
    Guid ClientId,
    long SenderId,
    string Sender,
    TranscriptTime SentAt,
    long? ReplyTo,
    string Body,
    TranscriptTime? EditedAt,
    TranscriptTime? DeletedAt,
    string? Moderation,
    IReadOnlyList<TranscriptVersion> Earlier,
    IReadOnlyList<TranscriptPicture> Pictures,
    IReadOnlyList<TranscriptReaction> Reactions
)
{
    /// <summary>See <see cref="TranscriptChain"/>; last, because it covers the others.</summary>
    [JsonPropertyOrder(1)]
    public string Hash { get; init; } = "";
}
