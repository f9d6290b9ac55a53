using System.Globalization;
using System.Resources;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What each side is told of a decision, in its own language, for an administrator to change.</summary>
public static class ReportTemplates
{
    private static readonly ResourceManager Texts = new(typeof(ReportTexts));

    /// <param name="culture">Of whoever reads it; null: they have read no page yet.</param>
    public static string ToReporter(ReportOutcome outcome, string? culture) => Text($"ToReporter.{outcome}", culture);

    /// <summary>Empty where the person is told nothing.</summary>
    public static string ToPerson(ReportOutcome outcome, HouseRule? rule, string? culture) =>
        outcome is ReportOutcome.NoInfringement || rule is null
            ? ""
            : string.Format(
                CultureInfo.InvariantCulture,
                Text($"ToPerson.{outcome}", culture),
                Text($"Rule.{rule}", culture)
            );

    /// <summary>For an act that nobody asked for.</summary>
    public static string OnOwnInitiative(ReportOutcome outcome, HouseRule rule, string? culture) =>
        string.Format(CultureInfo.InvariantCulture, Text($"Own.{outcome}", culture), Text($"Rule.{rule}", culture));

    /// <summary>In which language the templates are for whoever reads in this culture.</summary>
    public static string LanguageOf(string? culture) =>
        CultureInfo.GetCultureInfo(culture ?? "es").TwoLetterISOLanguageName;

    private static string Text(string key, string? culture) =>
        Texts.GetString(key, CultureInfo.GetCultureInfo(LanguageOf(culture)))!;
}
