using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Replay;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Admin;

/// <summary>A room's past in the order and rhythm in which it happened.</summary>
public sealed class ReplayTests
{
    private static readonly DateTime Noon = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_edit_and_a_deletion_happen_when_they_happened()
    {
        var window = Window(
            [
                Said(1, 0, "¿180?") with
                {
                    EditedAt = Noon.AddMinutes(5),
                },
                Said(2, 1, "") with
                {
                    DeletedAt = Noon.AddMinutes(3),
                },
                Said(3, 4, "Vale"),
            ],
            new(1, "¿150?", Noon.AddMinutes(5), false),
            new(2, "Te llamo al 600", Noon.AddMinutes(3), false)
        );
        var seen = new List<string>();
        while (!window.IsAtEnd)
        {
            window.Forward();
            seen.Add(string.Join(" | ", window.Lines.Select(line => line.IsGone ? "×" : line.Last.Body)));
        }
        Assert.Equal(["¿150?", "¿150? | Te llamo al 600", "¿150? | ×", "¿150? | × | Vale", "¿180? | × | Vale"], seen);
        window.Back();
        Assert.Equal("¿150?", window.Lines[0].Last.Body);
        Assert.Equal(TimeSpan.FromMinutes(3), window.Lines[2].Gap);
    }

    [Fact]
    public void A_text_that_is_not_kept_is_not_made_up()
    {
        var window = Window([Said(1, 0, "Ahora esto") with { EditedAt = Noon.AddMinutes(5) }]);
        window.Forward();
        Assert.Null(window.Lines[0].Last.Body);
        window.Forward();
        Assert.Equal("Ahora esto", window.Lines[0].Last.Body);
    }

    [Fact]
    public void Lines_of_the_site_tell_the_state_of_the_listing_at_each_moment()
    {
        var window = Window([Said(1, 0, "Hola"), Said(2, 1, "") with { Kind = MessageKind.Reserved }]);
        window.Forward();
        Assert.Null(window.State);
        window.Forward();
        Assert.Equal(ListingState.Reserved, window.State);
    }

    [Theory]
    [InlineData(20, 10, 2_000)]
    [InlineData(86_400, 60, 3_000)]
    [InlineData(2, 1, 2_000)]
    [InlineData(86_400, 0, 50)]
    public void The_rhythm_is_kept_and_long_waits_are_cut(int gap, int speed, int wait) =>
        Assert.Equal(wait, ReplaySession.Wait(TimeSpan.FromSeconds(gap), speed).TotalMilliseconds);

    [Fact]
    public async Task Whoever_opened_the_room_replays_it_across_windows_and_nobody_else()
    {
        await using var app = new MarketplaceApp();
        var (_, bruno, room) = await app.TalkAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        for (var i = 1; i <= ReplayWindow.Size + 2; i++)
            await bruno.SaysAsync(room, $"Oferta {i}");
        await bruno.Get<MessageService>().EditAsync(room, 2, "Otra cosa");
        var replays = carla.Get<ReplayService>();
        Assert.Null(await replays.OpenAsync(room));
        Assert.Null(await bruno.Get<ReplayService>().ReadAsync(room, 0));
        using (var look = carla.LooksAt(room))
            await look.LoadAsync();
        Assert.Equal("Bicicleta eléctrica", (await replays.OpenAsync(room))!.Seen!.Title);
        using var session = new ReplaySession(replays, room, TimeProvider.System) { Speed = 0 };
        await session.SeekAsync(0);
        Assert.Empty(session.Window!.Lines);
        await session.PlayAsync(() => { });
        Assert.True(session.IsAtEnd);
        Assert.False(session.IsPlaying);
        Assert.Equal(ReplayWindow.Size + 2, session.Window.Seq);
        Assert.Equal((ReplayStep.Edited, "Otra cosa"), Second(session));
        await session.BackAsync();
        Assert.Equal((ReplayStep.Said, "Oferta 2"), Second(session));
        await session.SeekAsync(10);
        Assert.Equal(10, session.Window.Lines.Count);
        Assert.Equal(
            [AuditAction.RoomReplayed, AuditAction.RoomOpened],
            (await carla.RecordAsync()).Select(e => e.Action)
        );
    }

    private static (ReplayStep, string?) Second(ReplaySession session)
    {
        var last = session.Window!.Lines.Single(line => line.Message.Seq == 2).Last;
        return (last.Step, last.Body);
    }

    private static MessageView Said(long seq, int minute, string body) =>
        new(1, seq, seq, Guid.NewGuid(), 7, "Bruno", MessageKind.Text, body, Noon.AddMinutes(minute));

    private static ReplayWindow Window(MessageView[] messages, params ReplayVersion[] versions) =>
        new(new(0, messages, versions.ToLookup(version => version.Seq), null));
}
