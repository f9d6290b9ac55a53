using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// The log: what the settings below <c>Serilog</c> say, and one line a request. Of a person it holds the id only, and never
/// a query, a body or a token.
/// </summary>
internal static class LogSetup
{
    private const string Section = "Serilog";
    private const string Nobody = "-";

    // Without the static logger, which several hosts in one process would take from each other.
    public static void AddLog(this WebApplicationBuilder builder)
    {
        builder.Host.UseSerilog((host, log) => Configure(log, host.Configuration), preserveStaticLogger: true);
        // Serilog's own factory makes a logger for each call, of which a circuit makes nine; this one keeps one a category.
        builder.Services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(services => new LoggerFactory([
                new SerilogLoggerProvider(services.GetRequiredService<Serilog.ILogger>()),
            ]))
        );
    }

    /// <summary>Writes a line when a request ends, as only then it is known who asked and what was answered.</summary>
    public static void UseRequestLines(this WebApplication app, string quietPath) =>
        app.UseSerilogRequestLogging(options =>
        {
            // By default it is the static logger, which nobody configures here.
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.MessageTemplate =
                "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed:0.0} ms, person {PersonId} at {ClientAddress}";
            options.GetMessageTemplateProperties = Facts;
            options.GetLevel = (http, _, exception) => Level(http, exception, quietPath);
        });

    /// <summary>For a failure that no host is there to log.</summary>
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
            // The framework's own line about a request carries the query, whatever the settings let through.
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

    // Serilog's message names the value, but not the key that it stands at.
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
            // The handler of failures leaves the path of its own page behind.
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
