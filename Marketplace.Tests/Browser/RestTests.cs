using Marketplace.Tests.Support;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class RestTests(Site site)
{
    [BrowserFact]
    public async Task A_page_that_nobody_looks_at_for_long_rests_and_is_as_it_was_when_one_comes_back()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 60);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.Page.Clock.InstallAsync();
        await teo.OpenAsync(talk.Url);
        await teo.Page.EvaluateAsync("() => { window.same = true; document.querySelector('.log').scrollTop -= 900; }");
        await teo.Row("(40)").WaitForAsync();
        await teo.Row("(40)").DispatchEventAsync("keydown", new { key = "r", bubbles = true });
        await teo.Text.FillAsync("Lo pienso y");
        var place = await teo.PlaceAsync();
        await teo.LooksAwayAsync(hidden: true);
        await PassAsync(teo, minutes: 5);
        await Eventually.TrueAsync(() => RestsAsync(teo), "the page rests");
        await talk.Rosa.SaysAsync(talk.RoomId, "¿Te lo quedas?");
        await teo.LooksAwayAsync(hidden: false);
        await teo.LiveAsync();
        await teo.Row("¿Te lo quedas?").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.True(await teo.Page.EvaluateAsync<bool>("() => window.same"));
        await Assertions.Expect(teo.Text).ToHaveValueAsync("Lo pienso y");
        await Assertions.Expect(teo.Page.GetByText("Respondes a")).ToBeVisibleAsync();
        Assert.Equal(place, await teo.PlaceAsync());
        await teo.Text.FillAsync("Lo pienso y te digo");
        await teo.Send.ClickAsync();
        await teo.SeesAsync("Lo pienso y te digo");
        await Assertions.Expect(teo.Page.Locator(".outbox li")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public Task Who_types_while_a_resting_page_comes_back_loses_no_letter() => TypesOnReturnAsync(delay: 0);

    [BrowserFact]
    public Task Nor_does_who_types_while_it_comes_back_over_a_slow_line() => TypesOnReturnAsync(delay: 200);

    private async Task TypesOnReturnAsync(int delay)
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 3);
        await using var link = new Link(site.Address);
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.Page.Clock.InstallAsync();
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        await teo.Page.EvaluateAsync("() => { window.same = true; }");
        await teo.Text.PressSequentiallyAsync("Me la ");
        await teo.LooksAwayAsync(hidden: true);
        await PassAsync(teo, minutes: 31);
        await Eventually.TrueAsync(() => RestsAsync(teo), "the page rests");
        link.Delay = TimeSpan.FromMilliseconds(delay);
        await teo.LooksAwayAsync(hidden: false);
        await teo.Page.Keyboard.TypeAsync(
            "quedo, jefa: ¿mañana a las diez en la plaza del pueblo?",
            new() { Delay = 15 }
        );
        await teo.Page.Keyboard.PressAsync("Enter");
        await teo.SeesAsync("Me la quedo, jefa: ¿mañana a las diez en la plaza del pueblo?");
        Assert.True(await teo.Page.EvaluateAsync<bool>("() => window.same"));
        await Assertions.Expect(teo.Text).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task A_page_that_was_lost_once_and_then_not_looked_at_for_long_goes_on_without_a_reload()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 3);
        await using var link = new Link(site.Address);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.Page.Clock.InstallAsync();
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        await teo.Page.EvaluateAsync("() => { window.same = true; }");
        teo.ExpectComplaints();
        link.Cut();
        await teo.Page.GetByText("Reconectando").WaitForAsync();
        link.Mend();
        await teo.LiveAsync();
        await teo.Page.GetByText("Reconectando").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await teo.LooksAwayAsync(hidden: true);
        await PassAsync(teo, minutes: 5);
        await teo.LooksAwayAsync(hidden: false);
        await teo.Text.FillAsync("Sigo aquí");
        await teo.Send.ClickAsync();
        await teo.SeesAsync("Sigo aquí");
        Assert.True(await teo.Page.EvaluateAsync<bool>("() => window.same"));
    }

    [BrowserFact]
    public async Task A_circuit_that_the_server_has_put_away_resumes_by_itself_with_what_was_being_answered()
    {
        var closed = new ClosedCircuits();
        var forgetful = new Site
        {
            App = new() { Settings = { ["Demo:Seed"] = "true" }, Beside = closed.Forget },
        };
        await forgetful.InitializeAsync();
        var talk = await Talk.BeginAsync(forgetful, "Tándem", said: 3);
        await using var link = new Link(forgetful.Address);
        await using var teo = await forgetful.VisitAsync(talk.Teo);
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        await teo.Page.EvaluateAsync("() => { window.before = document.querySelector('.log'); }");
        await teo.Row("(2)").FocusAsync();
        await teo.Page.Keyboard.PressAsync("r");
        await teo.Text.FillAsync("Sí, esta tarde");
        teo.ExpectComplaints();
        link.Cut();
        await teo.Page.GetByText("Reconectando").WaitForAsync();
        await Eventually.TrueAsync(() => closed.Count > 0, "the server has put the circuit away");
        link.Mend();
        await teo.Page.WaitForFunctionAsync("() => window.before && !window.before.isConnected");
        await teo.LiveAsync();
        await Assertions.Expect(teo.Page.GetByText("Respondes a")).ToBeVisibleAsync();
        await Assertions.Expect(teo.Text).ToHaveValueAsync("Sí, esta tarde");
        await teo.Send.ClickAsync();
        await teo.Row("Sí, esta tarde").Locator(".quote").WaitForAsync();
        await forgetful.DisposeAsync();
    }

    /// <summary>Counts circuits that the server has evicted, which happens soon after a lost connection.</summary>
    private sealed class ClosedCircuits : CircuitHandler
    {
        private int count;

        public int Count => count;

        public void Forget(IServiceCollection services) =>
            services
                .AddScoped<CircuitHandler>(_ => this)
                .Configure<CircuitOptions>(options =>
                    options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(1)
                );

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        }
    }

    // Advances the time while the server keeps answering, or the page would consider its connection lost.
    private static async Task PassAsync(Visit visit, int minutes)
    {
        for (var passed = 0; passed < minutes * 60 && !await RestsAsync(visit); passed += 20)
        {
            await visit.Page.EvaluateAsync("() => DotNet.invokeMethodAsync('Marketplace.Web', 'AnswerAsync')");
            await visit.Page.Clock.FastForwardAsync("00:20");
        }
    }

    private static async Task<bool> RestsAsync(Visit visit) =>
        await visit.Page.Locator(".components-reconnect-paused").CountAsync() > 0;
}
