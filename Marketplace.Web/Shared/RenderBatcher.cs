using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Shared;

/// <summary>One batch for a message instead of three (bench/README.md), by <see cref="RenderBatchHost"/>.</summary>
public sealed class RenderBatcher
{
    private readonly List<Action> waiting = [];
    private RenderHandle page;

    public Task RunAsync(Func<Task> work, Action draw) =>
        page.Dispatcher.InvokeAsync(async () =>
        {
            await work();
            Ask(draw);
        });

    /// <summary>Queues a component for rendering. Must be called on the page's dispatcher.</summary>
    public void Ask(Action draw)
    {
        page.Dispatcher.AssertAccess();
        if (waiting.Contains(draw))
            return;
        waiting.Add(draw);
        // Behind the work already queued, and in the caller's execution context, which carries the culture.
        if (waiting.Count == 1)
            ThreadPool.QueueUserWorkItem(static batcher => batcher.Draw(), this, preferLocal: false);
    }

    internal void Attach(RenderHandle handle)
    {
        page = handle;
        waiting.Clear();
    }

    private void Draw() =>
        _ = page.Dispatcher.InvokeAsync(() =>
            // Components invalidated during a render join its batch. If the browser does not confirm batches, this
            // waits until it does.
            page.Render(_ =>
            {
                Action[] parts = [.. waiting];
                waiting.Clear();
                Array.ForEach(parts, draw => draw());
            })
        );
}

public sealed class RenderBatchHost : IComponent
{
    [Inject]
    private RenderBatcher Batcher { get; set; } = default!;

    public void Attach(RenderHandle renderHandle) => Batcher.Attach(renderHandle);

    public Task SetParametersAsync(ParameterView parameters) => Task.CompletedTask;
}
