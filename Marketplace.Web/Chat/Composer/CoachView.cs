using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Rules;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Composer;

/// <summary>What the writer is told before sending.</summary>
/// <param name="Words">The words that are meant; empty if it is the name.</param>
public sealed record CoachView(string Rule, string Words, string Text)
{
    private const int MaxWords = 80;

    internal static CoachView Of(SafetyFinding finding, string text, IStringLocalizer<SafetyTexts> texts) =>
        new(
            finding.Rule.ToString(),
            VisibleText.Cut(text.Substring(finding.Span.Start, finding.Span.Length), MaxWords),
            texts[$"Coach.{finding.Rule}"]
        );
}
