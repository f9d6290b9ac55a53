using System.Globalization;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What somebody wants to report.</summary>
public sealed record ReportTarget(
    ReportKind Kind,
    long? RoomId = null,
    long? Seq = null,
    long? PersonId = null,
    long? ListingId = null
)
{
    /// <summary>The same for the same thing.</summary>
    public string Key =>
        Kind switch
        {
            ReportKind.Message => string.Create(CultureInfo.InvariantCulture, $"message:{RoomId}:{Seq}"),
            ReportKind.Room => string.Create(CultureInfo.InvariantCulture, $"room:{RoomId}"),
            ReportKind.Person => string.Create(CultureInfo.InvariantCulture, $"person:{PersonId}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"listing:{ListingId}"),
        };

    /// <summary>From the address of the page, where a message is written "room:seq"; null if it names nothing.</summary>
    public static ReportTarget? Read(string? message, string? room, string? person, string? listing) =>
        (message ?? "").Split(':') is [var of, var seq] && Number(of) is { } within && Number(seq) is { } at
            ? new(ReportKind.Message, within, at)
        : Number(room) is { } whole ? new(ReportKind.Room, whole)
        : Number(person) is { } who ? new(ReportKind.Person, PersonId: who)
        : Number(listing) is { } offer ? new(ReportKind.Listing, ListingId: offer)
        : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
