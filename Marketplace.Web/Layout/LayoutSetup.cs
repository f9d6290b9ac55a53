using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;
using MudBlazor;
using MudBlazor.Services;

namespace Marketplace.Web.Layout;

public static class LayoutSetup
{
    /// <summary>The languages of the site by their own names; the first is the default.</summary>
    internal static readonly (string Code, string Name)[] Languages = [("es", "Español"), ("en", "English")];

    private static string[] Codes => [.. Languages.Select(language => language.Code)];

    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLocalization();
        // Singletons: otherwise each page row and each hub call would create its own localizer.
        services.AddSingleton(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddRequestLocalization(options =>
        {
            options.SetDefaultCulture(Codes[0]).AddSupportedCultures(Regions()).AddSupportedUICultures(Codes);
            options.RequestCultureProviders[1] = new CustomRequestCultureProvider(http =>
                Task.FromResult(ReaderPreferences.Culture(http.Request))
            );
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<ReaderClock>();
        services.AddScoped<PageTimer>();
        services.AddScoped<RenderBatcher>();
        services.AddSingleton<PageStatus>();
        services.AddScoped<CircuitHandler, LeavingCircuitHandler>();
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
        services.AddScoped<IDialogService, OneDialog>();
        // Long enough for a phone that slept for some minutes to find its page unchanged.
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
        // Interactive pages have no antiforgery token; the endpoint refuses what browsers send from other sites.
        app.MapPost("/preferences", PreferencesEndpoint.Post).DisableAntiforgery();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                options.ContentSecurityFrameAncestorsPolicy = null;
                // Compress each message by itself: a shared dictionary would cost a quarter of a mebibyte for each open
                // page (bench/README.md).
                options.ConfigureWebSocketAcceptContext = (_, socket) =>
                {
                    socket.DisableServerContextTakeover = true;
                    return Task.CompletedTask;
                };
            });
        return app;
    }

    private static string[] Regions() =>
        [
            .. Codes,
            .. CultureInfo
                .GetCultures(CultureTypes.SpecificCultures)
                .Where(region => Codes.Contains(region.TwoLetterISOLanguageName))
                .Select(region => region.Name),
        ];
}
