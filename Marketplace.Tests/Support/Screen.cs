using Bunit;
using Marketplace.Web.Admin;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Layout;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Marketplace.Tests.Support;

/// <summary>
/// Renders components for one person, with that person's real services behind them. To be disposed asynchronously: the
/// library's services can't be otherwise.
/// </summary>
public sealed class Screen : BunitContext
{
    // What is waited for comes mostly at once; on a busy machine it may take its time.
    static Screen() => DefaultWaitTimeout = TimeSpan.FromSeconds(10);

    public Screen(Person person, bool live = true, TimeProvider? clock = null)
    {
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(clock ?? TimeProvider.System);
        Services.AddScoped<ReaderClock>();
        Services.AddScoped<PageTimer>();
        Services.AddScoped<RenderBatcher>();
        // Parts are shown without the layout's popover provider too.
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        // The person's, but for the dialogs and the snackbar, which are this screen's.
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<InboxActions>(
                person.Scope.ServiceProvider,
                screen.GetRequiredService<ISnackbar>()
            )
        );
        Services.AddScoped(screen =>
            ActivatorUtilities.CreateInstance<PeopleActions>(
                person.Scope.ServiceProvider,
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

    /// <summary>
    /// Shows a part beside the layout's providers. The answer's markup has both: the part, and the dialogs, snackbars and
    /// menus that it opens.
    /// </summary>
    public IRenderedComponent<Frame> ShowWithProviders<TPart>(
        Action<ComponentParameterCollectionBuilder<TPart>>? parameters = null
    )
        where TPart : IComponent => Render<Frame>(frame => frame.AddChildContent(parameters));

    /// <summary>A layout that has nothing but the providers.</summary>
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
