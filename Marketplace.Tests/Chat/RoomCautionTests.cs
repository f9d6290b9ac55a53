using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Tests.Chat;

public sealed class RoomCautionTests : IAsyncLifetime
{
    private const string Request = "Te mando una solicitud de Bizum";
    private const string Away = "Escríbeme al whatsapp";

    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync() => (ana, bruno, room) = await app.TalkAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Whoever_receives_a_message_is_told_what_to_beware_of_and_whoever_wrote_it_is_not()
    {
        await bruno.SaysAsync(room, Request);
        Assert.Equal([SafetyRule.BizumRequest], await SeenAsync(ana));
        Assert.Equal([null], await SeenAsync(bruno));
    }

    [Fact]
    public async Task A_screen_that_is_open_is_told_with_the_message_and_no_more_once_it_says_something_else()
    {
        using var open = ana.Chat.Open(room, ana.RunAsync);
        await open.LoadAsync();
        await bruno.SaysAsync(room, Request);
        await Eventually.TrueAsync(() => Found(open) is [SafetyRule.BizumRequest], "the caution is there");
        await bruno.Get<MessageService>().EditAsync(room, 1, "Te hago un bizum mañana");
        await Eventually.TrueAsync(() => Found(open) is [null], "the caution is gone");
    }

    [Fact]
    public async Task Leading_away_is_pointed_out_until_somebody_has_answered()
    {
        await bruno.SaysAsync(room, Away);
        await ana.SaysAsync(room, "Hola");
        await bruno.SaysAsync(room, Away);
        Assert.Equal([SafetyRule.MovesAway, null, null], await SeenAsync(ana));
    }

    [Fact]
    public async Task Whoever_writes_is_told_before_the_first_answer_only()
    {
        using var open = bruno.Chat.Open(room, bruno.RunAsync);
        await open.LoadAsync();
        Assert.Equal(SafetyRule.MovesAway, Assert.Single(Draft(open, Away)).Rule);
        Assert.Empty(Draft(open, "¿Sigue disponible?"));
        await ana.SaysAsync(room, "Hola");
        await Eventually.TrueAsync(() => Draft(open, Away).Count == 0, "they have met");
    }

    [Fact]
    public async Task A_deleted_message_needs_no_caution()
    {
        await bruno.SaysAsync(room, Request);
        await bruno.Get<MessageService>().DeleteAsync(room, 1);
        Assert.Equal([null], await SeenAsync(ana));
    }

    private async Task<IReadOnlyList<SafetyRule?>> SeenAsync(Person person)
    {
        using var open = person.Chat.Open(room, person.RunAsync);
        await open.LoadAsync();
        return Found(open);
    }

    private static List<SafetyRule?> Found(RoomSession open) => [.. open.Window.Messages.Select(open.Cautions.Of)];

    private static IReadOnlyList<SafetyFinding> Draft(RoomSession open, string text) =>
        open.Cautions.Find(open.Room!, open.Window, text);
}
