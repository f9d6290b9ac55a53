using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Deals;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>
/// What one can do to a deal, as programs name it. The framework reads "offer,accept" as both numbers in one: none of
/// these is another one then.
/// </summary>
public enum DealActName
{
    Offer = 1,
    Accept = 1 << 1,
    Decline = 1 << 2,
    Withdraw = 1 << 3,
    Propose = 1 << 4,
    Confirm = 1 << 5,
    Arrive = 1 << 6,
    Cancel = 1 << 7,
    Say = 1 << 8,

    /// <summary>By the seller, whatever was agreed; needs nothing else. Selling again changes nothing.</summary>
    Sell = 1 << 9,
}

/// <summary>An act on the deal of a room. Which other fields it needs depends on the act.</summary>
/// <param name="ClientId">A new id per act; the same is done once.</param>
/// <param name="Number">The deal's number that the caller saw; null to skip the check.</param>
/// <param name="Price">Of an offer, in minor units; whole units of the currency.</param>
/// <param name="At">Of a meeting, with its offset from UTC: RFC 3339.</param>
/// <param name="Zone">Of a meeting, an IANA name.</param>
/// <param name="IsDone">What is said after the meeting.</param>
/// <param name="IsNoShow">The other did not come.</param>
public sealed record DealCall(
    Guid ClientId,
    DealActName? Act,
    int? Number = null,
    long? Price = null,
    [property: JsonConverter(typeof(ZonedTime))] DateTimeOffset? At = null,
    string? Zone = null,
    string? Place = null,
    string? Note = null,
    CancelReason? Reason = null,
    string? Word = null,
    bool? IsDone = null,
    bool? IsNoShow = null
)
{
    /// <summary>Null if it lacks what the act needs.</summary>
    internal DealAct? ToAct() =>
        this switch
        {
            { Act: DealActName.Offer, Price: { } price } => new Offer(price),
            { Act: DealActName.Accept } => new Accept(),
            { Act: DealActName.Decline } => new Decline(),
            { Act: DealActName.Withdraw } => new Withdraw(),
            { Act: DealActName.Propose, At: { } at, Place: { } place } => new Propose(
                new(at.UtcDateTime, Zone ?? "UTC", place, Note, default)
            ),
            { Act: DealActName.Confirm } => new Confirm(),
            { Act: DealActName.Arrive } => new Arrive(),
            { Act: DealActName.Cancel, Reason: { } reason } => new Cancel(reason, Word),
            { Act: DealActName.Say, IsDone: { } isDone } when !(isDone && IsNoShow is true) => new Say(
                new(isDone, IsNoShow is true, Word)
            ),
            _ => null,
        };
}

/// <summary>Refuses a time without an offset, which would be read as that of the server.</summary>
internal sealed class ZonedTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTime(out var time) && time.Kind is not DateTimeKind.Unspecified
            ? reader.GetDateTimeOffset()
            : throw new JsonException("A time needs its offset from UTC, such as 2026-12-01T18:00:00Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));
}
