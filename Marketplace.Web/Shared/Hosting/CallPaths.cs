namespace Marketplace.Web.Shared.Hosting;

/// <summary>Where only programs and scripts call, which can read problem details but neither pages nor redirects.</summary>
internal static class CallPaths
{
    private static readonly PathString[] OfPrograms = ["/api", "/hubs", "/_blazor"];

    /// <summary>Called by the scripts of our own pages, so that a person reads the answer's sentence.</summary>
    private static readonly PathString[] OfScripts = ["/files", "/account/passkeys"];

    public static bool IsCall(PathString path) =>
        OfPrograms.Any(start => path.StartsWithSegments(start)) || IsOfScript(path);

    public static bool IsOfScript(PathString path) => OfScripts.Any(start => path.StartsWithSegments(start));
}
