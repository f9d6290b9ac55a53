using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Safety.Rules;
using Xunit.Abstractions;

namespace Marketplace.Tests.Safety;

/// <summary>What the rules find in talk as people write it. Prints figures per rule.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly List<(CorpusLine Line, HashSet<SafetyRule> Found)> Read =
    [
        .. Corpus.Lines.Select(line =>
            (line, SafetyRules.Find(line.Text, line.Context).Select(finding => finding.Rule).ToHashSet())
        ),
    ];

    [Fact]
    public void The_corpus_has_enough_of_both_languages_and_more_haggling_than_fraud()
    {
        Assert.InRange(Corpus.Lines.Count(line => line.Language == "es"), 300, int.MaxValue);
        Assert.InRange(Corpus.Lines.Count(line => line.Language == "en"), 100, int.MaxValue);
        Assert.InRange(Corpus.Lines.Count(line => line.IsOrdinary), 0.55 * Corpus.Lines.Count, Corpus.Lines.Count);
    }

    [Theory]
    [InlineData("es", false)]
    [InlineData("es", true)]
    [InlineData("en", false)]
    [InlineData("en", true)]
    public void Ordinary_talk_is_left_alone(string language, bool isHeldBack)
    {
        var ordinary = Read.Where(one =>
                one.Line.IsOrdinary && one.Line.Language == language && one.Line.IsHeldBack == isHeldBack
            )
            .ToList();
        var wrong = ordinary.Where(one => one.Found.Count > 0).ToList();
        output.WriteLine(
            $"{language}, held back {isHeldBack}: {wrong.Count} of {ordinary.Count} ordinary lines flagged"
        );
        foreach (var (line, found) in wrong)
            output.WriteLine($"  {string.Join(' ', found)}: {line.Text}");
        Assert.InRange(Share(ordinary.Count - wrong.Count, ordinary.Count), 0.95, 1);
    }

    /// <summary>
    /// Recall is high on words that the rules were written for, and modest on new ones: the floor of all rules together
    /// for those is what they reach, no promise.
    /// </summary>
    [Fact]
    public void Fraud_is_found_and_rarely_seen_where_there_is_none()
    {
        foreach (var rule in Enum.GetValues<SafetyRule>())
        {
            var known = Count(rule, isHeldBack: false);
            output.WriteLine($"{rule, -15} {known}   held back: {Count(rule, isHeldBack: true)}");
            Assert.InRange(known.Precision, 0.95, 1);
            Assert.InRange(known.Recall, 0.9, 1);
        }
        var news = Read.Where(one => one.Line is { IsHeldBack: true, IsOrdinary: false }).ToList();
        var found = news.Count(one => one.Found.Overlaps(one.Line.Labels));
        output.WriteLine($"held back, all rules: {found} of {news.Count} found");
        Assert.InRange(Share(found, news.Count), 0.4, 1);
    }

    [Fact]
    public void Each_rule_has_words_for_the_sender_and_for_the_receiver()
    {
        var texts = File.ReadAllText(Path.Combine(Sources.Root, "Safety", "SafetyTexts.resx"));
        foreach (var rule in Enum.GetValues<SafetyRule>())
        {
            Assert.Contains($"\"Coach.{rule}\"", texts);
            Assert.Contains($"\"Caution.{rule}\"", texts);
        }
    }

    private static Tally Count(SafetyRule rule, bool isHeldBack)
    {
        var lines = Read.Where(one => one.Line.IsHeldBack == isHeldBack).ToList();
        return new(
            lines.Count(one => one.Line.Labels.Contains(rule) && one.Found.Contains(rule)),
            lines.Count(one => one.Line.Labels.Contains(rule) && !one.Found.Contains(rule)),
            lines.Count(one => !one.Line.Labels.Contains(rule) && one.Found.Contains(rule))
        );
    }

    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;

    private sealed record Tally(int Right, int Missed, int Wrong)
    {
        public double Precision => Share(Right, Right + Wrong);

        public double Recall => Share(Right, Right + Missed);

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"precision {Precision:0.00} recall {Recall:0.00} (right {Right}, missed {Missed}, wrong {Wrong})"
            );
    }
}
