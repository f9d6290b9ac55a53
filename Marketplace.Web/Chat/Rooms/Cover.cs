using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Decorative. Markup, because a component would cost as much as its row (bench/README.md).</summary>
internal static class Cover
{
    private static readonly MarkupString None = new($"<span class=\"cover\">{Icon.Of("photo")}</span>");

    public static MarkupString Of(Guid? file) =>
        file is { } name
            ? new($"<img class=\"cover\" src=\"/files/{name}\" alt=\"\" width=\"56\" height=\"56\" loading=\"lazy\" />")
            : None;
}
