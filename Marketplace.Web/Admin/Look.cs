using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin;

/// <summary>Why an administrator opens a room.</summary>
public sealed record Look
{
    public const int MaxTextLength = 500;

    private Look(LookReason reason, string? text) => (Reason, Text) = (reason, text);

    public LookReason Reason { get; }

    /// <summary>In their words.</summary>
    public string? Text { get; }

    /// <summary>Null if it says nothing: <see cref="LookReason.Other"/> needs words.</summary>
    public static Look? For(LookReason reason, string? text)
    {
        var words = VisibleText.Line(text);
        return !Enum.IsDefined(reason) || (reason is LookReason.Other && words.Length == 0)
            ? null
            : new(reason, VisibleText.Begin(words, MaxTextLength));
    }
}
