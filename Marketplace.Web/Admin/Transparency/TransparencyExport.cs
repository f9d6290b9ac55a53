using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Transparency;

/// <summary>The figures of a year as CSV: RFC 4180, UTF-8.</summary>
internal static class TransparencyExport
{
    public static async Task<IResult> GetAsync(
        int? year,
        TransparencyService transparency,
        IStringLocalizer<AdminTexts> texts
    )
    {
        var wanted = year ?? transparency.ThisYear;
        if (await transparency.ExportAsync(wanted) is not { } lines)
            return TypedResults.NotFound();
        var csv = new StringBuilder();
        csv.Append(Csv.Line("year", "article", "key", "category", "value", "unit", "description"));
        foreach (var line in lines)
            csv.Append(Line(wanted, line, texts));
        // The mark by which spreadsheets know UTF-8.
        return TypedResults.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())],
            "text/csv",
            string.Create(CultureInfo.InvariantCulture, $"transparency-{wanted}.csv")
        );
    }

    private static string Line(int year, TransparencyLine line, IStringLocalizer<AdminTexts> texts) =>
        Csv.Line(
            year.ToString(CultureInfo.InvariantCulture),
            line.Article,
            line.Key,
            line.Category,
            line.Value?.ToString(CultureInfo.InvariantCulture),
            line.Unit,
            texts[$"Dsa.{line.Key}"]
        );
}
