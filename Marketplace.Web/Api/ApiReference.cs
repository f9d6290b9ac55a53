using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace Marketplace.Web.Api;

/// <summary>Serves the API reference at <c>/docs</c>. Development only: its script has five megabytes.</summary>
internal static class ApiReference
{
    public static void Map(IEndpointRouteBuilder app) => app.MapScalarApiReference("/docs", Configure);

    private static void Configure(ScalarOptions options, HttpContext http)
    {
        // The page starts by an inline script, which needs a nonce to pass the content security policy.
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        options.WithTitle("Marketplace API").WithNonce(nonce).DisableDefaultFonts().DisableAgent().DisableMcp();
        options.OpenApiRoutePattern = "/openapi/v1.json";
        options.Telemetry = false;
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }
}
