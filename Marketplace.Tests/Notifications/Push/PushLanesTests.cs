using Marketplace.Web.Notifications.Push;

namespace Marketplace.Tests.Notifications.Push;

public sealed class PushLanesTests
{
    private readonly PushLanes lanes = new();

    [Fact]
    public void The_slow_devices_of_one_person_leave_places_for_others()
    {
        var held = Enumerable.Range(0, 4).Select(i => lanes.TryEnter($"https://{i}.example", 1)).ToList();
        Assert.All(held, Assert.NotNull);
        Assert.Null(lanes.TryEnter("https://push.example", 1));
        Assert.NotNull(lanes.TryEnter("https://push.example", 2));
        held[0]!.Dispose();
        held[0]!.Dispose();
        Assert.NotNull(lanes.TryEnter("https://push.example", 1));
        Assert.Null(lanes.TryEnter("https://push.example", 1));
    }

    [Fact]
    public void A_slow_service_leaves_places_for_others()
    {
        for (var person = 1; person <= 24; person++)
            Assert.NotNull(lanes.TryEnter("https://slow.example", person));
        Assert.Null(lanes.TryEnter("https://slow.example", 25));
        Assert.NotNull(lanes.TryEnter("https://push.example", 25));
    }
}
