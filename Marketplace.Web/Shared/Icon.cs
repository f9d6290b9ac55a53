using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>
/// Our own icons: no icon font is loaded. Pieces of markup, not components, as a component would take more memory of each
/// open page than the button around it.
/// </summary>
public static class Icon
{
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["send"] = "M3 20.5 21 12 3 3.500 3 10l11 2-11 2z",
        ["back"] = "M15 5l-7 7 7 7",
        ["chat"] = "M4 5h16v11H9l-5 4z",
        ["search"] = "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500 21 21",
        ["plus"] = "M12 4v16M4 12h16",
        ["person"] = "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 21c0-4.500 3.500-7 8-7s8 2.500 8 7",
        ["tag"] = "M3 12V4h8l10 10-8 8zM7.500 8.500h.01",
        ["place"] = "M12 21c-4-5-7-8-7-11.500a7 7 0 0 1 14 0C19 13 16 16 12 21M12 7.500a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
        ["shield"] = "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z",
        ["sun"] = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
        ["moon"] = "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500",
        ["photo"] = "M3 6h4l2-2h6l2 2h4v13H3zM12 9a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["clock"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 3",
        ["eye"] = "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
    };

    private static readonly Dictionary<string, MarkupString> Decorative = Paths.ToDictionary(
        icon => icon.Key,
        icon => Svg("aria-hidden=\"true\"", icon.Value)
    );

    /// <summary>An icon that stands beside its name.</summary>
    public static MarkupString Of(string icon) => Decorative[icon];

    /// <summary>An icon that stands alone, with its name for who does not see it.</summary>
    public static MarkupString Of(string icon, string name) =>
        Svg($"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(name)}\"", Paths[icon]);

    private static MarkupString Svg(string attributes, string path) =>
        new($"<svg class=\"icon\" viewBox=\"0 0 24 24\" {attributes}><path d=\"{path}\" /></svg>");
}
