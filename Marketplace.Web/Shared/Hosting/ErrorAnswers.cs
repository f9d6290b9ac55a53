using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;

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
                site.UseExceptionHandler("/error", createScopeForErrors: true)
                    .UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true)
                    .Use(ShowAsPage)
        );
        app.Use(HideErrorPages);
    }

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
        problem.Extensions.TryAdd("code", Code(status));
        if (problem.Detail is not null)
            return;
        var texts = services.GetRequiredService<IStringLocalizer<SharedTexts>>();
        var own = texts[$"Problem.{status}"];
        problem.Detail = own.ResourceNotFound ? texts[status < 500 ? "Problem.400" : "Problem.500"] : own;
    }

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
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api")
        && !request.Path.StartsWithSegments("/hubs");

    // The API answers JSON whatever the client accepts. At the hub, Accept chooses the transport.
    private static Task AnswerInJson(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api"))
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
