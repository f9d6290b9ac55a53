using Marketplace.Tests.Support;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Hosting;

public sealed class HourlyServiceTests
{
    [Fact]
    public async Task It_goes_on_an_hour_after_a_failure_and_not_before()
    {
        var clock = new HandClock();
        using var service = new Failing(clock);
        await service.StartAsync(default);
        await Eventually.TrueAsync(() => service.Tries == 1, "it tries at the start");
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, service.Tries);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => service.Tries == 2, "it tries again an hour later");
        await service.StopAsync(default);
    }

    [Fact]
    public async Task What_another_node_is_doing_is_asked_for_each_minute_until_that_one_has_ended()
    {
        var clock = new HandClock();
        using var service = new Waiting(clock);
        await service.StartAsync(default);
        for (var tries = 1; tries <= Waiting.Until; tries++)
            await Eventually.TrueAsync(
                () =>
                {
                    clock.Advance(service.Tries < tries ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
                    return service.Tries == tries;
                },
                $"it asks for the {tries}. time"
            );
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Waiting.Until, service.Tries);
        await service.StopAsync(default);
    }

    private sealed class Waiting(TimeProvider clock) : HourlyService(clock, NullLogger.Instance)
    {
        public const int Until = 3;

        public int Tries { get; private set; }

        protected override Task<bool> DoAsync(CancellationToken stopping) => Task.FromResult(++Tries == Until);
    }

    private sealed class Failing(TimeProvider clock) : HourlyService(clock, NullLogger.Instance)
    {
        public int Tries { get; private set; }

        protected override Task<bool> DoAsync(CancellationToken stopping)
        {
            Tries++;
            throw new InvalidOperationException("as asked");
        }
    }
}
