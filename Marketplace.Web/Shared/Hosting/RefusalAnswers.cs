using System.Globalization;

namespace Marketplace.Web.Shared.Hosting;

internal static class RefusalAnswers
{
    /// <summary>Maps the refusal to problem details (RFC 9457), with <c>Retry-After</c> in whole seconds.</summary>
    public static IResult Problem(this Refusal refusal, HttpContext http)
    {
        if (refusal.RetryAfter is { } wait)
            http.Response.SayWhen(wait);
        return TypedResults.Problem(
            refusal.Text,
            statusCode: Status(refusal.Kind),
            extensions: new Dictionary<string, object?> { ["code"] = refusal.Code() }
        );
    }

    public static void SayWhen(this HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);

    public static string Code(this Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.NotFound => "not_found",
            RefusalKind.Forbidden => "forbidden",
            RefusalKind.Conflict => "conflict",
            RefusalKind.RateLimited => "rate_limited",
            RefusalKind.Busy => "busy",
            RefusalKind.Unproved => "unproved",
            _ => "invalid",
        };

    private static int Status(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden or RefusalKind.Unproved => StatusCodes.Status403Forbidden,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            RefusalKind.RateLimited => StatusCodes.Status429TooManyRequests,
            RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
}
