using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>
/// A listing's small picture; decorative, as its title always stands beside it. One piece of markup instead of a component:
/// each row of a list has one, and there it would weigh as much as the row (bench/README.md).
/// </summary>
internal static class Cover
{
    private static readonly MarkupString None = new($"<span class=\"cover\">{Icon.Of("photo")}</span>");

    public static MarkupString Of(Guid? file) =>
        file is { } name
            ? new($"<img class=\"cover\" src=\"/files/{name}\" alt=\"\" width=\"56\" height=\"56\" loading=\"lazy\" />")
            : None;
}
