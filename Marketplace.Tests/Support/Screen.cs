using Bunit;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Layout;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Marketplace.Tests.Support;

/// <summary>
/// Renders components with one person's real services. Must be disposed asynchronously, as the library's services
/// require.
/// </summary>
public sealed class Screen : BunitContext
{
    static Screen() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public Screen(Person person, bool live = true, TimeProvider? clock = null)
    {
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(clock ?? TimeProvider.System);
        Services.AddScoped<ReaderClock>();
        Services.AddScoped<PageTimer>();
        Services.AddScoped<RenderBatcher>();
        // Parts also render without the layout's popover provider.
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddScoped<IDialogService, OneDialog>();
        // The person's services, with this screen's dialogs and snackbar.
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<InboxActions>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<BlockActions>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<IDialogService>(),
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<CaseActions>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<IDialogService>(),
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<PeopleActions>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<CaseActions>(),
                screen.GetRequiredService<NavigationManager>(),
                screen.GetRequiredService<IDialogService>(),
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddFallbackServiceProvider(person.Scope.ServiceProvider);
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(
            live ? new RendererInfo("Server", isInteractive: true) : new RendererInfo("Static", isInteractive: false)
        );
        Render<RenderBatchHost>();
    }

    /// <summary>Renders a part beside the providers of its dialogs, snackbars and menus, all in the markup.</summary>
    public IRenderedComponent<Frame> ShowWithProviders<TPart>(
        Action<ComponentParameterCollectionBuilder<TPart>>? parameters = null
    )
        where TPart : IComponent => Render<Frame>(frame => frame.AddChildContent(parameters));

    public sealed class Frame : ComponentBase
    {
        [Parameter]
        public RenderFragment? ChildContent { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<LiveProviders>(0);
            builder.CloseComponent();
            builder.AddContent(1, ChildContent);
        }
    }
}
