using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>A person's initial in a circle; decorative, as the name always stands beside it. Markup, not a component.</summary>
public static class Avatar
{
    /// <param name="size">A further class: <c>large</c> or <c>little</c>.</param>
    public static MarkupString Of(string? name, string size = "")
    {
        var initial = string.IsNullOrWhiteSpace(name) ? "" : StringInfo.GetNextTextElement(name.TrimStart());
        return new($"<span class=\"avatar {size}\" aria-hidden=\"true\">{HtmlEncoder.Default.Encode(initial)}</span>");
    }
}
