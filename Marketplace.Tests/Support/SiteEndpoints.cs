using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Support;

/// <summary>Every endpoint that the site has mapped, except its static files.</summary>
public static partial class SiteEndpoints
{
    /// <summary>Each method and pattern once. Those that delete or sign out come last.</summary>
    public static IEnumerable<(string Method, string Pattern)> Of(MarketplaceApp app) =>
        app
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(endpoint => Methods(endpoint).Select(method => (Method: method, Pattern: Path(endpoint))))
            .Distinct()
            .OrderBy(one => one.Pattern.Contains("logout", StringComparison.Ordinal))
            .ThenBy(one => one.Method is "DELETE")
            .ThenBy(one => one.Pattern, StringComparer.Ordinal)
            .ThenByDescending(one => one.Method, StringComparer.Ordinal);

    public static bool IsCall(string pattern) =>
        pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.StartsWith("/hubs", StringComparison.Ordinal);

    /// <summary>Replaces each parameter; <paramref name="value"/> gets the pattern up to the parameter's end.</summary>
    public static string Filled(string pattern, Func<string, string> value) =>
        Parameter().Replace(pattern, one => value(pattern[..(one.Index + one.Length)]));

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["GET", "POST"]
        : endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? methods
        : endpoint.Metadata.GetMetadata<HubMetadata>() is not null ? ["POST"]
        : ["GET"];

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
