using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class ArrivalTests(Site site)
{
    [BrowserFact]
    public async Task One_message_draws_one_row_at_the_same_cost_in_a_short_and_a_long_conversation()
    {
        var few = await CostAsync(said: 3, others: 1);
        var many = await CostAsync(said: 60, others: 25);
        // Each listening part may render the message and the receipt, alone or batched.
        Assert.InRange(many.Batches, 1, 10);
        Assert.InRange(many.Bytes, 1, few.Bytes + 250);
    }

    [BrowserFact]
    public async Task Nothing_moves_for_whoever_wants_no_motion()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 3);
        await talk.Teo.Chat.SendAsync(talk.RoomId, Guid.NewGuid(), "A lo primero", replyTo: 1);
        await using var rosa = await site.VisitAsync(talk.Rosa, device => device.ReducedMotion = ReducedMotion.Reduce);
        await rosa.OpenAsync(talk.Url);
        await rosa.Page.EvaluateAsync(
            """
            () => {
              window.moving = [];
              const look = () => {
                for (const { effect } of document.getAnimations())
                  if (effect.getComputedTiming().activeDuration > 5) moving.push(effect.target.className);
                requestAnimationFrame(look);
              };
              look();
            }
            """
        );
        await talk.Teo.SaysAsync(talk.RoomId, "¿Sigue?");
        await rosa.SeesAsync("¿Sigue?");
        await rosa.Row("¿Sigue?").HoverAsync();
        await rosa.Row("¿Sigue?").Locator("[data-menu]").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).ClickAsync();
        await rosa.ChooseAsync("Teo", "Fijar");
        await rosa.PickAsync(talk.RoomId);
        await rosa.Row("A lo primero").Locator("[data-jump]").ClickAsync();
        await rosa.Page.Locator(".found").WaitForAsync();
        Assert.Empty(await MovingAsync());
        await rosa.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await rosa.Row("A lo primero").Locator("[data-jump]").ClickAsync();
        await Eventually.TrueAsync(
            async () => (await MovingAsync()).Length > 0,
            "the message that was jumped to shines"
        );

        Task<string[]> MovingAsync() => rosa.Page.EvaluateAsync<string[]>("() => window.moving");
    }

    // The render batches and bytes with which one message reaches Rosa's open page.
    private async Task<(int Batches, int Bytes)> CostAsync(int said, int others)
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said);
        for (var i = 0; i < others; i++)
        {
            var room = await talk.AsksAsync(talk.Teo, "¿Y esto?", await talk.Rosa.SellsAsync($"Pieza {i}"));
            await talk.Rosa.Chat.MarkReadAsync(room, 1);
        }
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, said);
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.AddInitScriptAsync(Counting);
        await rosa.OpenAsync(talk.Url);
        // The first message moves the row to the top; the second finds it there.
        await SaysAsync("Uno más", said + 1);
        await SaysAsync("Y otro", said + 2);
        return (
            await rosa.Page.EvaluateAsync<int>("() => received.batches"),
            await rosa.Page.EvaluateAsync<int>("() => received.bytes")
        );

        async Task SaysAsync(string text, int seq)
        {
            await rosa.Page.EvaluateAsync(Watching);
            await talk.Teo.SaysAsync(talk.RoomId, text);
            await rosa.SeesAsync(text);
            await Expect(rosa.Newest).ToContainTextAsync(text);
            await Expect(rosa.Page.Locator(".conversations .badge")).ToHaveCountAsync(0);
            await Expect(rosa.Page.Locator("[data-unread]")).ToHaveAttributeAsync("data-unread", "0");
            Assert.Equal($"{seq}", await rosa.Page.EvaluateAsync<string>("() => drawn.messages()"));
            Assert.Equal($"{talk.RoomId}", await rosa.Page.EvaluateAsync<string>("() => drawn.rooms()"));
        }
    }

    private const string Counting = """
        window.received = { batches: 0, bytes: 0 };
        window.WebSocket = class extends WebSocket {
          constructor(...values) {
            super(...values);
            this.addEventListener('message', ({ data }) => {
              if (!new TextDecoder().decode(data).includes('JS.RenderBatch')) return;
              received.batches++;
              received.bytes += data.byteLength;
            });
          }
        };
        """;

    // Counts rows that are new or changed inside. Ignores the window's first row, which may become a block's first when
    // rows before it are dropped.
    private const string Watching = """
        () => {
          Object.assign(received, { batches: 0, bytes: 0 });
          const known = new Set(document.querySelectorAll('[data-seq], [data-room]'));
          const rows = new Set();
          const numbers = (name) => [...rows].filter((row) => row !== document.querySelector('.log [data-seq]')).map((row) => row.dataset[name]).filter(Boolean).join();
          window.drawn = { messages: () => numbers('seq'), rooms: () => numbers('room') };
          new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes) {
              for (const node of addedNodes) if (!known.has(node) && node.matches?.('[data-seq], [data-room]')) rows.add(node);
              const row = (target.nodeType === 1 ? target : target.parentElement).closest('[data-seq], [data-room]');
              if (row) rows.add(row);
            }
          }).observe(document.querySelector('.chat'), { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;
}
