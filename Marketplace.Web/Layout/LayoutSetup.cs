using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;
using MudBlazor;
using MudBlazor.Services;

namespace Marketplace.Web.Layout;

public static class LayoutSetup
{
    private static readonly string[] Languages = ["es", "en"];

    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLocalization();
        // One for all: else each row of a page and each call of the hub makes its own.
        services.AddSingleton(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddRequestLocalization(options =>
        {
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures(Regions()).AddSupportedUICultures(Languages);
            // In place of the framework's own reading of the same cookie.
            options.RequestCultureProviders[1] = new CustomRequestCultureProvider(http =>
                Task.FromResult(ReaderPreferences.Culture(http.Request))
            );
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        services.TryAddSingleton(TimeProvider.System);
        // Accents as themselves, not as numbers: our pages are UTF-8, and smaller so.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<ReaderClock>();
        services.AddScoped<PageTimer>();
        services.AddScoped<RenderBatcher>();
        services.AddSingleton<PageStatus>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 1;
            options.SnackbarConfiguration.MaximumOpacity = 100;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
            options.SnackbarConfiguration.HideTransitionDuration = 200;
            options.SnackbarConfiguration.ShowTransitionDuration = 200;
        });
        services.AddTransient<MudLocalizer, LibraryTexts>();
        // A phone that slept for some minutes comes back to the page as it was.
        services.Configure<CircuitOptions>(options =>
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5)
        );
        return builder;
    }

    public static WebApplication UsePages(this WebApplication app)
    {
        app.Use(LibraryFiles.KeepVersioned);
        return app;
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        // Nothing is at stake in a theme, and pages that live have no antiforgery token at hand.
        app.MapPost("/preferences", PreferencesEndpoint.Post).DisableAntiforgery();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // Our own policy says it already.
                options.ContentSecurityFrameAncestorsPolicy = null;
                // Each message compressed by itself: a dictionary that goes on from one to the next would take a quarter
                // of a mebibyte of each open page (bench/README.md).
                options.ConfigureWebSocketAcceptContext = (_, socket) =>
                {
                    socket.DisableServerContextTakeover = true;
                    return Task.CompletedTask;
                };
            });
        return app;
    }

    // Texts are in two languages; dates and numbers as each region that speaks one of them writes them.
    private static string[] Regions() =>
        [
            .. Languages,
            .. CultureInfo
                .GetCultures(CultureTypes.SpecificCultures)
                .Where(region => Languages.Contains(region.TwoLetterISOLanguageName))
                .Select(region => region.Name),
        ];
}
