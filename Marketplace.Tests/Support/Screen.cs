using Bunit;
using Marketplace.Web.Chat.Parts;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

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
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        // The person's, but for the snackbar, which is this screen's.
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<ConversationDeeds>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddFallbackServiceProvider(person.Scope.ServiceProvider);
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(
            live ? new RendererInfo("Server", isInteractive: true) : new RendererInfo("Static", isInteractive: false)
        );
        Render<DrawnTogether>();
    }
}
