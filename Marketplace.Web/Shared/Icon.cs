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
        ["check"] = "M5 13l4.500 4.500L19 7",
        ["checks"] = "M1 13l4.500 4.500L15 7M10.500 16l1.500 1.500L22.500 7",
        ["more"] = "M12 5h.01M12 12h.01M12 19h.01",
        ["down"] = "M6 9l6 6 6-6",
        ["pin"] = "M9 3h6l-1 7 4 4H6l4-4zM12 14v7",
        ["mute"] = "M6 17h12l-2-3v-4a4 4 0 0 0-8 0v4zM10 20h4M3 3l18 18",
        ["reply"] = "M10 6l-6 6 6 6M4 12h10a6 6 0 0 1 6 6",
        ["edit"] = "M4 20h4L19 9l-4-4L4 16z",
        ["trash"] = "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
        ["copy"] = "M9 9h11v11H9zM5 15H4V4h11v1",
        ["archive"] = "M3 5h18v4H3zM5 9v11h14V9M10 13h4",
        ["calendar"] = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
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
