using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Tests.Safety;

/// <param name="Labels">The rules that should find something; none for ordinary talk.</param>
/// <param name="IsHeldBack">Written after the rules, and no reason to change one: shows how they do with new words.</param>
internal sealed record CorpusLine(
    string Language,
    IReadOnlySet<SafetyRule> Labels,
    SafetyContext Context,
    string Text,
    bool IsHeldBack
)
{
    public bool IsOrdinary => Labels.Count == 0;
}

/// <summary>Lines as people write them: labels or "-", flags (what the rules know, or "held"), the text.</summary>
internal static class Corpus
{
    public static IReadOnlyList<CorpusLine> Lines { get; } = [.. Read("es"), .. Read("en")];

    private static IEnumerable<CorpusLine> Read(string language) =>
        File.ReadLines(Path.Combine(Sources.Tests, "Safety", $"corpus.{language}.txt"))
            .Select(line => Line(language, line.Split(" | ", 3)));

    private static CorpusLine Line(string language, string[] parts)
    {
        var flags = parts[1].Split(',');
        return new(language, Labels(parts[0]), Context(flags), parts[2], flags.Contains("held"));
    }

    private static HashSet<SafetyRule> Labels(string labels) =>
        labels == "-" ? [] : [.. labels.Split(',').Select(Enum.Parse<SafetyRule>)];

    private static SafetyContext Context(string[] flags) =>
        new(
            flags.Contains("first"),
            flags.Contains("new"),
            !flags.Contains("seller"),
            Value(flags, "price") is { } price ? long.Parse(price, CultureInfo.InvariantCulture) : null,
            Value(flags, "name") ?? "Bruno",
            "marketplace.example"
        );

    private static string? Value(string[] flags, string name) =>
        flags.FirstOrDefault(flag => flag.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
