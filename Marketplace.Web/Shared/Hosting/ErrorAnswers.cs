using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Shared.Hosting;

public static class ErrorAnswers
{
    /// <summary>Must precede everything that may fail.</summary>
    internal static void UseErrorAnswers(this WebApplication app)
    {
        app.UseWhen(
            http => !IsOfPage(http.Request),
            api => api.Use(AnswerInJson).UseExceptionHandler().UseStatusCodePages()
        );
        app.UseWhen(
            http => IsOfPage(http.Request),
            site =>
                site.UseExceptionHandler(OfPages(app.Services))
                    .UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true)
                    .Use(ShowAsPage)
        );
        app.Use(HideErrorPages);
    }

    // Those of calls, and a page.
    private static ExceptionHandlerOptions OfPages(IServiceProvider services) =>
        new()
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = services
                .GetRequiredService<IOptions<ExceptionHandlerOptions>>()
                .Value.StatusCodeSelector,
        };

    /// <summary>Refuses unreadable and foreign forms; must follow authentication.</summary>
    public static WebApplication UseForms(this WebApplication app)
    {
        app.Use(ReadForm);
        app.UseAntiforgery();
        app.Use(RefuseForeignForms);
        return app;
    }

    internal static void Explain(ProblemDetailsContext context)
    {
        var (problem, services) = (context.ProblemDetails, context.HttpContext.RequestServices);
        var status = problem.Status ?? StatusCodes.Status500InternalServerError;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Type ??= TypeOf(status);
        problem.Extensions.TryAdd("code", Code(status));
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.HttpContext.Response.Headers.TryAdd(HeaderNames.RetryAfter, "1");
        if (problem.Detail is not null)
            return;
        var texts = services.GetRequiredService<IStringLocalizer<SharedTexts>>();
        var own = texts[$"Problem.{status}"];
        problem.Detail = own.ResourceNotFound ? texts[status < 500 ? "Problem.400" : "Problem.500"] : own;
    }

    // The framework names the others. Without a document, the type is this one (RFC 9457, section 4.2.1).
    private static string TypeOf(int status) =>
        status switch
        {
            StatusCodes.Status413PayloadTooLarge => "https://tools.ietf.org/html/rfc9110#section-15.5.14",
            StatusCodes.Status429TooManyRequests => "https://tools.ietf.org/html/rfc6585#section-4",
            _ => "about:blank",
        };

    private static string Code(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "unauthorized",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status429TooManyRequests => "rate_limited",
            >= 500 => "busy",
            _ => "invalid",
        };

    private static bool IsOfPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method))
        && !CallPaths.IsCall(request.Path)
        && (!IsOfScript(request) || AcceptsPage(request));

    // Fetch Metadata: what a browser asks for itself names its kind, such as a picture, or "empty" for a script's fetch.
    private static bool IsOfScript(HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"].ToString() is not ("" or "document" or "iframe" or "frame");

    private static bool AcceptsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Calls are answered in JSON whatever the client accepts. At the hubs, Accept chooses the transport.
    private static Task AnswerInJson(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api") || CallPaths.IsOfScript(http.Request.Path))
            http.Request.Headers.Accept = "application/json";
        return next(http);
    }

    private static async Task ShowAsPage(HttpContext http, RequestDelegate next)
    {
        var method = http.Request.Method;
        if (
            http.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || http.Features.Get<IExceptionHandlerFeature>() is not null
        )
            http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = method;
        }
    }

    private static Task HideErrorPages(HttpContext http, RequestDelegate next)
    {
        if (
            (http.Request.Path.StartsWithSegments("/error") || http.Request.Path.StartsWithSegments("/status"))
            && http.Features.Get<IStatusCodeReExecuteFeature>() is null
            && http.Features.Get<IExceptionHandlerFeature>() is null
        )
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return next(http);
    }

    // Read early, a broken or too large form is the sender's error; read later, it would be a server error.
    private static async Task ReadForm(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && http.Request.HasFormContentType)
        {
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (BadHttpRequestException exception)
            {
                http.Response.StatusCode = exception.StatusCode;
                return;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }
        await next(http);
    }

    // Razor components would answer an empty body, or a developers' text in Development.
    private static Task RefuseForeignForms(HttpContext http, RequestDelegate next)
    {
        if (
            http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }
            || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            || !HttpMethods.IsPost(http.Request.Method)
        )
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
