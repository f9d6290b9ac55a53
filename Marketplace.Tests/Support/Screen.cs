using Bunit;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Support;

/// <summary>Renders components for one person, with that person's real services behind them.</summary>
public sealed class Screen : BunitContext
{
    public Screen(Person person, bool live = true)
    {
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<ReaderClock>();
        Services.AddScoped<PageDrawing>();
        Services.AddFallbackServiceProvider(person.Scope.ServiceProvider);
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(
            live ? new RendererInfo("Server", isInteractive: true) : new RendererInfo("Static", isInteractive: false)
        );
        Render<DrawnTogether>();
    }
}
