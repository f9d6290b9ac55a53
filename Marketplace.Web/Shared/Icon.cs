using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>Icons as SVG markup: components would cost each open page more memory than their buttons.</summary>
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
        ["unshield"] = "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM4 3l16 18",
        ["chart"] = "M6 20v-7M12 20V5M18 20v-10M3 20h18",
        ["sun"] = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
        ["moon"] = "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500",
        ["photo"] = "M3 6h4l2-2h6l2 2h4v13H3zM12 9a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["check"] = "M5 13l4.500 4.500L19 7",
        ["checks"] = "M1 13l4.500 4.500L15 7M10.500 16l1.500 1.500L22.500 7",
        ["more"] =
            "M12 4a1 1 0 1 0 0 2a1 1 0 1 0 0-2M12 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2M12 18a1 1 0 1 0 0 2a1 1 0 1 0 0-2",
        ["bolt"] = "M13 3L5 14h6l-1 7 8-11h-6z",
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
        ["home"] = "M4 11l8-7 8 7v9h-6v-6h-4v6H4z",
        ["heart"] = "M12 20c-5-4-9-7-9-11.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 9 1.500C21 13 17 16 12 20",
        ["lock"] = "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
        ["unlock"] = "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 6.800-1",
        ["leave"] = "M14 8V5H5v14h9v-3M10 12h11M18 9l3 3-3 3",
        ["key"] = "M8 11a4 4 0 1 0 0 8a4 4 0 1 0 0-8M11 12l9-9M16 7l3 3",
        ["bell"] = "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
        ["mail"] = "M3 6h18v12H3zM3 7l9 7 9-7",
        ["filter"] = "M4 7h10M18 7h2M4 17h2M10 17h10M16 5a2 2 0 1 0 0 4a2 2 0 1 0 0-4M8 15a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
        ["share"] = "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
        ["star"] =
            "M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900-4.300-4.100 5.900-.8z",
        ["download"] = "M12 4v11M8 11l4 4 4-4M5 20h14",
        ["zoom"] = "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500 21 21M8 10.500h5M10.500 8v5",
        ["face"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500h.01M15 9.500h.01",
        ["info"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5M12 8h.01",
        ["play"] = "M7 4l13 8-13 8z",
        ["pause"] = "M8 4v16M16 4v16",
        ["up"] = "M6 15l6-6 6 6",
        ["next"] = "M9 5l7 7-7 7",
        ["truck"] = "M2 6h12v10H2zM14 10h4l4 3v3h-8M6 16a2 2 0 1 0 0 4a2 2 0 1 0 0-4M18 16a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
        ["people"] =
            "M9 5a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7M2 20c0-4 3-6 7-6s7 2 7 6M16 5a3.500 3.500 0 0 1 0 7M18.500 14.500c2.500.7 3.500 2.500 3.500 5.500",
        ["all"] = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
        ["vehicles"] =
            "M4 16v-4l2-5h12l2 5v4zM3 12h18M7 16a1.500 1.500 0 1 0 0 3a1.500 1.500 0 1 0 0-3M17 16a1.500 1.500 0 1 0 0 3a1.500 1.500 0 1 0 0-3",
        ["bikes"] =
            "M6 12a4 4 0 1 0 0 8a4 4 0 1 0 0-8M18 12a4 4 0 1 0 0 8a4 4 0 1 0 0-8M6 16l4-8h5l3 8M10 8l4 8H6M14 5h2l-1 3",
        ["phones"] = "M7 3h10v18H7zM11 18h2",
        ["computers"] = "M5 5h14v10H5zM2 19h20",
        ["photography"] = "M3 7h4l2-2h6l2 2h4v12H3zM12 9a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
        ["sofa"] = "M4 11V8a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v3M2 11h4v4h12v-4h4v7H2zM5 18v2M19 18v2",
        ["fashion"] = "M9 4l3 2 3-2 6 4-2 4-2-1v9H7v-9l-2 1-2-4z",
        ["children"] =
            "M12 4a5 5 0 1 0 0 10a5 5 0 1 0 0-10M7 6a2 2 0 1 1 3-2M17 6a2 2 0 1 0-3-2M7 20c0-3 2-5 5-5s5 2 5 5",
        ["sports"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 3v18M3.500 9c4 2 13 2 17 0M3.500 15c4-2 13-2 17 0",
        ["music"] = "M9 18V5l11-2v13M6 15a3 3 0 1 0 0 6a3 3 0 1 0 0-6M17 13a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
        ["books"] = "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6",
        ["block"] = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M5.600 5.600l12.800 12.800",
        ["flag"] = "M6 21V4M6 5h12l-2.500 4L18 13H6",
        ["other"] = "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    };

    private static readonly Dictionary<string, MarkupString> Decorative = Paths.ToDictionary(
        icon => icon.Key,
        icon => Svg("aria-hidden=\"true\"", icon.Value)
    );

    public static MarkupString Of(string icon) => Decorative[icon];

    public static MarkupString Of(string icon, string name) =>
        Svg($"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(name)}\"", Paths[icon]);

    private static MarkupString Svg(string attributes, string path) =>
        new($"<svg class=\"icon\" viewBox=\"0 0 24 24\" {attributes}><path d=\"{path}\" /></svg>");
}
