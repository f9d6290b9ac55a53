using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>How stars are shown and read out.</summary>
public static class Stars
{
    private const int Max = 5;

    /// <param name="name">What a screen reader says instead.</param>
    public static MarkupString Of(int stars, string name) =>
        new(
            $"<span class=\"stars\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(name)}\">{new string('★', stars)}{new string('☆', Max - stars)}</span>"
        );

    public static string Average(int stars, int ratings) =>
        ((double)stars / ratings).ToString("0.#", CultureInfo.CurrentCulture);
}
