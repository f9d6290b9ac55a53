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

    private sealed class Failing(TimeProvider clock) : HourlyService(clock, NullLogger.Instance)
    {
        public int Tries { get; private set; }

        protected override Task DoAsync(CancellationToken stopping)
        {
            Tries++;
            throw new InvalidOperationException("as asked");
        }
    }
}
