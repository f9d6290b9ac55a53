using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Audit;

/// <summary>The record as CSV: times in UTC, hashes to compare with checkpoints.</summary>
internal static class AuditExport
{
    public static async Task<IResult> GetAsync(
        [AsParameters] AuditExportQuery query,
        AuditService audit,
        ReaderClock clock,
        IStringLocalizer<AdminTexts> texts
    )
    {
        if (await audit.ExportAsync(query.Address.Filter(clock)) is not { } entries)
            return TypedResults.NotFound();
        var csv = new StringBuilder();
        csv.Append(
            Csv.Line(
                texts["Audit.Number"],
                texts["Audit.At"],
                texts["Audit.Who"],
                texts["Audit.What"],
                texts["Audit.Refused"],
                texts["Audit.Whom"],
                texts["Rooms.Title"],
                texts["Audit.Why"],
                texts["Audit.Text"],
                texts["Audit.Address"],
                texts["Audit.Session"]
            )
        );
        foreach (var entry in entries)
            csv.Append(Line(entry, texts));
        // The mark by which spreadsheets know UTF-8.
        return TypedResults.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())],
            "text/csv",
            "audit.csv"
        );
    }

    private static string Line(AuditView entry, IStringLocalizer<AdminTexts> texts) =>
        Csv.Line(
            entry.Number.ToString(CultureInfo.InvariantCulture),
            entry.At.ToString("O", CultureInfo.InvariantCulture),
            entry.Administrator,
            texts[$"Audit.{entry.Action}"],
            entry.IsRefused ? texts["Audit.Refused"] : "",
            entry.Person,
            entry.Room is { } room ? $"{room.Id} · {room.Title} · {room.Buyer} · {room.Seller}" : "",
            entry.Reason is { } reason ? texts[$"Look.{reason}"] : "",
            entry is { HadText: true, Text: null } ? texts["Audit.Erased"] : entry.Text,
            entry.Address,
            entry.SessionId?.ToString()
        );
}

internal readonly record struct AuditExportQuery(
    string? Action,
    string? Who,
    string? Room,
    string? Person,
    string? Since,
    string? Until
)
{
    public AuditAddress Address => AuditAddress.Read(Action, Who, Room, Person, Since, Until);
}
