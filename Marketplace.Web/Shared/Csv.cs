namespace Marketplace.Web.Shared;

/// <summary>Lines of a CSV file (RFC 4180) that spreadsheets read as text only.</summary>
public static class Csv
{
    /// <summary>With these at its start, spreadsheets take a cell for a formula.</summary>
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    public static string Line(params ReadOnlySpan<string?> cells)
    {
        var line = new List<string>(cells.Length);
        foreach (var cell in cells)
            line.Add(Cell(cell ?? ""));
        return string.Join(',', line) + "\r\n";
    }

    private static string Cell(string text)
    {
        var harmless = text.Length > 0 && Formula.Contains(text[0]) ? $"'{text}" : text;
        return $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
