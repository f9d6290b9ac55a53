using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>One line per request; of a person only the id, and never a query, a body or a token.</summary>
internal static class LogSetup
{
    private const string Section = "Serilog";
    private const string Nobody = "-";

    // Not the static logger, which several hosts in one process would share.
    public static void AddLog(this WebApplicationBuilder builder)
    {
        builder.Host.UseSerilog((host, log) => Configure(log, host.Configuration), preserveStaticLogger: true);
        // Serilog's own factory creates a logger per call, nine per circuit; this one keeps one per category.
        builder.Services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(services => new LoggerFactory([
                new SerilogLoggerProvider(services.GetRequiredService<Serilog.ILogger>()),
            ]))
        );
    }

    public static void UseRequestLines(this WebApplication app, string quietPath) =>
        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.MessageTemplate =
                "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed:0.0} ms, person {PersonId} at {ClientAddress}";
            options.GetMessageTemplateProperties = Facts;
            options.GetLevel = (http, _, exception) => Level(http, exception, quietPath);
        });

    public static void WriteFailure(Exception exception)
    {
        using var log = new LoggerConfiguration()
            .WriteTo.Console(new ConsoleLines(), standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        log.Fatal(exception, "The site ends, because of what it did not expect");
    }

    private static void Configure(LoggerConfiguration log, IConfiguration configuration)
    {
        try
        {
            log.ReadFrom.Configuration(configuration).Enrich.FromLogContext();
            // The framework's own request line contains the query, so it is always suppressed.
            log.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw Refusal(configuration, inner.Message);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw Refusal(configuration, exception.Message);
        }
    }

    private static SettingException Refusal(IConfiguration configuration, string message)
    {
        var wrong = configuration
            .GetSection(Section)
            .AsEnumerable()
            .Where(setting => setting.Value is { Length: > 0 } value && message.Contains(value))
            .OrderByDescending(setting => setting.Value!.Length)
            .FirstOrDefault();
        return new(wrong.Key ?? Section, wrong.Value ?? message, "what Serilog's configuration package reads");
    }

    private static IEnumerable<LogEventProperty> Facts(HttpContext http, string path, double elapsed, int status) =>
        [
            Fact("RequestMethod", http.Request.Method),
            // The exception handler leaves the path of its own page.
            Fact("RequestPath", http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? path),
            Fact("StatusCode", status),
            Fact("Elapsed", elapsed),
            Fact("PersonId", http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? Nobody),
            Fact("ClientAddress", http.Connection.RemoteIpAddress?.ToString() ?? Nobody),
        ];

    private static LogEventProperty Fact(string name, object value) => new(name, new ScalarValue(value));

    private static LogEventLevel Level(HttpContext http, Exception? exception, string quietPath) =>
        http.Request.Path.StartsWithSegments(quietPath) ? LogEventLevel.Verbose
        : exception is not null || http.Response.StatusCode >= StatusCodes.Status500InternalServerError
            ? LogEventLevel.Error
        : LogEventLevel.Information;
}
