using Marketplace.Web.Shared;

namespace Marketplace.Web.Safety.Rules;

/// <param name="Span">The words in the text as given, in UTF-16 units; empty if the sender's name is meant.</param>
public sealed record SafetyFinding(SafetyRule Rule, TextSpan Span, SafetySeverity Severity);
