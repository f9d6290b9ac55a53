using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>
/// What happens to the parts of one live page is drawn together, behind what already waited for a thread when the first of
/// them asked. A message comes to the list, to the open room and to the number of unread ones; each by itself would be a
/// batch to render, to send and to confirm (bench/README.md). Needs a <see cref="RenderBatchHost"/> on the page.
/// </summary>
public sealed class RenderBatcher
{
    private readonly List<Action> waiting = [];
    private RenderHandle page;

    /// <summary>Runs work on the page's dispatcher, then draws a part of the page with what else is to be drawn.</summary>
    /// <param name="draw">The part's <c>StateHasChanged</c>.</param>
    public Task RunAsync(Func<Task> work, Action draw) =>
        page.Dispatcher.InvokeAsync(async () =>
        {
            await work();
            Ask(draw);
        });

    /// <summary>Draws a part of the page with what else is to be drawn. To be called on the page's dispatcher.</summary>
    public void Ask(Action draw)
    {
        page.Dispatcher.AssertAccess();
        if (waiting.Contains(draw))
            return;
        waiting.Add(draw);
        // Behind what waits for a thread now; in the context of who asks, and so in the reader's language.
        if (waiting.Count == 1)
            ThreadPool.QueueUserWorkItem(static batcher => batcher.Draw(), this, preferLocal: false);
    }

    // What waited was of the page before.
    internal void Attach(RenderHandle handle)
    {
        page = handle;
        waiting.Clear();
    }

    private void Draw() =>
        _ = page.Dispatcher.InvokeAsync(() =>
            // A part that is to be drawn while something is rendered comes into the same batch. A browser that confirms
            // nothing has no batch for long: until then they go on waiting.
            page.Render(_ =>
            {
                Action[] parts = [.. waiting];
                waiting.Clear();
                Array.ForEach(parts, draw => draw());
            })
        );
}

/// <summary>Shows nothing: where the parts of the page around it are drawn together.</summary>
public sealed class RenderBatchHost : IComponent
{
    [Inject]
    private RenderBatcher Batcher { get; set; } = default!;

    public void Attach(RenderHandle renderHandle) => Batcher.Attach(renderHandle);

    public Task SetParametersAsync(ParameterView parameters) => Task.CompletedTask;
}
