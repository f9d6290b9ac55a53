// A custom renderer, because batches are visible nowhere else.
#pragma warning disable BL0006
using Marketplace.Tests.Support;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Shared;

public sealed class RenderBatcherTests : IAsyncLifetime
{
    private readonly RenderBatcher drawing = new();
    private readonly Part list = new();
    private readonly Part room = new();
    private readonly Browser browser;

    public RenderBatcherTests() => browser = new(new ServiceCollection().AddSingleton(drawing).BuildServiceProvider());

    public Task InitializeAsync() =>
        browser.Dispatcher.InvokeAsync(async () =>
        {
            await browser.ShowAsync(typeof(RenderBatchHost));
            await browser.ShowAsync(list);
            await browser.ShowAsync(room);
            browser.Batches.Clear();
        });

    public async Task DisposeAsync() => await browser.DisposeAsync();

    [Fact]
    public async Task What_asks_in_one_turn_is_one_batch_with_each_part_once()
    {
        await AskAsync(list, room, list);
        await Eventually.TrueAsync(() => browser.Batches.Count > 0, "it is drawn");
        Assert.Equal([list.Id, room.Id], Assert.Single(browser.Batches).Intersect([list.Id, room.Id]).Order());
        Assert.Equal((2, 2), (list.Drawn, room.Drawn));
    }

    [Fact]
    public async Task A_browser_that_confirms_nothing_gets_what_is_new_once_when_it_is_back()
    {
        browser.Confirms = false;
        await AskAsync(list);
        await Eventually.TrueAsync(() => browser.Postponed == 1, "it waits for the browser");
        for (var i = 0; i < 20; i++)
            await AskAsync(list, room);
        Assert.Equal(1, browser.Postponed);
        await browser.Dispatcher.InvokeAsync(browser.Confirm);
        Assert.Equal((2, 2), (list.Drawn, room.Drawn));
        Assert.Equal(3, Assert.Single(browser.Batches).Length);
    }

    private Task AskAsync(params Part[] parts) =>
        browser.Dispatcher.InvokeAsync(() => Array.ForEach(parts, part => drawing.Ask(part.Draw)));

    private sealed class Part : ComponentBase
    {
        public int Id { get; set; }
        public int Drawn { get; private set; }

        public void Draw() => StateHasChanged();

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"{++Drawn}");
    }

    // Records the components of each batch and, like a circuit, holds batches back until earlier ones are confirmed.
    private sealed class Browser(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
    {
        public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();
        public List<int[]> Batches { get; } = [];
        public bool Confirms { get; set; } = true;
        public int Postponed { get; private set; }

        public Task ShowAsync(Type type) => RenderRootComponentAsync(AssignRootComponentId(InstantiateComponent(type)));

        public Task ShowAsync(Part part) => RenderRootComponentAsync(part.Id = AssignRootComponentId(part));

        public void Confirm()
        {
            Confirms = true;
            ProcessPendingRender();
        }

        protected override void ProcessPendingRender()
        {
            if (Confirms)
                base.ProcessPendingRender();
            else
                Postponed++;
        }

        protected override void HandleException(Exception exception) => throw exception;

        protected override Task UpdateDisplayAsync(in RenderBatch batch)
        {
            Batches.Add([
                .. batch.UpdatedComponents.Array.Take(batch.UpdatedComponents.Count).Select(part => part.ComponentId),
            ]);
            return Task.CompletedTask;
        }
    }
}
