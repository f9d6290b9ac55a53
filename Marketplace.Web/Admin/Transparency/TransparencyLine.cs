namespace Marketplace.Web.Admin.Transparency;

/// <summary>A figure that articles 15 and 24 of the Digital Services Act (EU 2022/2065) ask for.</summary>
/// <param name="Article">Such as <c>15(1)(b)</c>.</param>
/// <param name="Key">What is counted, in English and for good: files of different years are compared by it.</param>
/// <param name="Category">A reason, outcome, rule or measure by name; empty of a total.</param>
/// <param name="Value">Null where the site does not know it, and whoever publishes the report has to add it.</param>
public sealed record TransparencyLine(string Article, string Key, string Category, long? Value)
{
    /// <summary>Medians are in minutes; everything else is a number of cases.</summary>
    public string Unit => Key.StartsWith("median.", StringComparison.Ordinal) ? "minutes" : "count";
}
