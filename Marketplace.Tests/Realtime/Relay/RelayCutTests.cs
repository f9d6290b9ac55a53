using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>The broker goes away and comes back.</summary>
public sealed class RelayCutTests : IAsyncLifetime
{
    private readonly TwoNodes nodes = new();

    public Task InitializeAsync() => nodes.InitializeAsync();

    public Task DisposeAsync() => nodes.DisposeAsync();

    [Fact]
    public async Task Without_the_broker_each_node_goes_on_alone_and_with_it_all_is_made_good()
    {
        var (ana, bruno, room) = await nodes.One.TalkAsync();
        var there = await nodes.Other.EnterAsync(bruno.Id);
        using var open = there.Chat.Open(room, there.RunAsync);
        Assert.True(await open.LoadAsync());
        var states = nodes.Other.Services.GetRequiredService<AccountStates>();
        Assert.NotNull(await states.FindAsync(there.Principal));

        await nodes.Redis.StopAsync();
        await Eventually.TrueAsync(() => !TwoNodes.State(nodes.Other).HearsAll, "the cut is noticed");
        await ana.SaysAsync(room, "¿Me oyes?");
        await there.SaysAsync(room, "Sí");
        var carla = await nodes.One.JoinAsync("Carla", administrator: true);
        Assert.Null(await carla.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Fraude"));
        await Eventually.TrueAsync(async () => await states.FindAsync(there.Principal) is null, "his copy has aged");
        Assert.Null(await carla.People.ActAsync(bruno.Id, AuditAction.PersonReinstated, "Era un error"));

        await nodes.Redis.StartAsync();
        await nodes.HearAsync();
        await Eventually.TrueAsync(
            () => open.Window.Messages.Select(message => message.Body).SequenceEqual(["¿Me oyes?", "Sí"]),
            "he reads what he missed"
        );
    }

    [Fact]
    public async Task Without_the_broker_the_idle_page_of_a_suspended_person_ends_all_the_same()
    {
        var bruno = await nodes.One.JoinAsync("Bruno");
        var there = await nodes.Other.EnterAsync(bruno.Id);
        var states = nodes.Other.Services.GetRequiredService<AccountStates>();
        await nodes.Redis.StopAsync();
        await Eventually.TrueAsync(
            () => TwoNodes.State(nodes.Other) is { IsUp: false, Nodes: [{ IsSilent: true }] },
            "the cut is noticed"
        );
        var (isIn, told) = (await states.FindAsync(there.Principal) is not null, 0);
        Assert.True(isIn);
        // As a page listens, which asks nothing while nobody touches it.
        using var page = nodes
            .Other.Services.GetRequiredService<Broadcaster>()
            .Subscribe(
                [AccountTopics.Account(bruno.Id)],
                async _ =>
                {
                    isIn = await states.FindAsync(there.Principal) is not null;
                    told++;
                }
            );
        var carla = await nodes.One.JoinAsync("Carla", administrator: true);
        Assert.Null(await carla.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Fraude"));
        var comparison = nodes.Other.Services.GetServices<IHostedService>().OfType<AccountComparison>().Single();
        await Eventually.TrueAsync(
            async () =>
            {
                await comparison.CompareAsync();
                return !isIn;
            },
            "the page is told"
        );
        var before = told;
        await comparison.CompareAsync();
        Assert.Equal(before, told);
        Assert.InRange(AccountComparison.Pause, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_broker_that_answers_nothing_ends_no_node_and_what_was_said_meanwhile_is_shown()
    {
        var (ana, bruno, room) = await nodes.One.TalkAsync();
        var there = await nodes.Other.EnterAsync(bruno.Id);
        using var open = there.Chat.Open(room, there.RunAsync);
        Assert.True(await open.LoadAsync());
        nodes.Redis.Pause();
        await ana.SaysAsync(room, "¿Me oyes?");
        await Eventually.TrueAsync(() => !TwoNodes.State(nodes.One).HearsAll, "the silence is noticed");
        await ana.SaysAsync(room, "¿Y ahora?");
        nodes.Redis.GoOn();
        await nodes.HearAsync();
        await Eventually.TrueAsync(() => open.Window.Messages.Count == 2, "he reads what he missed");
    }
}
