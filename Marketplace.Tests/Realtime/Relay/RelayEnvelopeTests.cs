using System.Buffers;
using System.Text;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>What travels between nodes arrives as it was, or not at all.</summary>
public sealed class RelayEnvelopeTests
{
    private static readonly RelayStamp Stamp = new("ana-1", 7, 1_764_417_600_000);
    private static readonly DateTime At = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);

    private static ReadOnlyMemory<byte> Line(Topic topic, string? type, byte[]? body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RelayEnvelope.Write(buffer, Stamp, topic, type, body);
        Assert.Equal((byte)'\n', buffer.WrittenSpan[^1]);
        return buffer.WrittenMemory[..^1];
    }

    [Fact]
    public void A_beat_and_an_event_are_read_as_they_were_written()
    {
        var beat = RelayEnvelope.Read(Line(default, null, null))!.Value;
        Assert.Equal((Stamp, false), (beat.Stamp, beat.IsEvent));
        var body = RelayedTypes.Write(new Typing(3, 4));
        var told = RelayEnvelope.Read(Line(new("person", 9), nameof(Typing), body))!.Value;
        Assert.Equal((Stamp, new Topic("person", 9), nameof(Typing)), (told.Stamp, told.Topic, told.Type));
        Assert.Equal(body, told.Body.ToArray());
    }

    [Fact]
    public void A_long_event_travels_without_itself()
    {
        var body = RelayedTypes.Write(new MessageChanged(Message(new string('ñ', RelayEnvelope.MaxBody))));
        var line = Line(new("room", 1), nameof(MessageChanged), body);
        Assert.True(line.Length < 200);
        Assert.Equal(0, RelayEnvelope.Read(line)!.Value.Body.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hola")]
    [InlineData("[]")]
    [InlineData("{\"v\":1}")]
    [InlineData("[2,\"b\",1,2]")]
    [InlineData("[1,\"b\",\"1\",2]")]
    [InlineData("[1,\"b\",1,2,\"person\"")]
    [InlineData("[1,\"b\",1,2,\"person\",3,null]")]
    [InlineData("[1,null,1,2]")]
    [InlineData("[1,\"\",1,2]")]
    [InlineData("[1,\"b\\u0000\",1,2]")]
    public void What_is_not_ours_is_passed_over(string line) =>
        Assert.True(RelayEnvelope.Read(Encoding.UTF8.GetBytes(line)) is null or { Body.Length: 0 });

    [Fact]
    public void Each_event_arrives_as_it_was()
    {
        IRelayed[] samples =
        [
            new MessagePosted(Message("Hola 👍\n\u2028"), new InboxPosition(5, 2, At)),
            new MessageChanged(Message("Hola") with { EditedAt = At }),
            new MembershipChanged(1, new InboxPosition(5, 0, null), new InboxMarks(Shelf.Pinned, "Luego")),
            new RoomRead(1, 2, 3, new InboxPosition(5, 0, null)),
            new RoomRestricted(new RoomParties(1, 2, 3, 4, RoomRestrictions.Locked), 9),
            new RoomPurged(1, 4),
            new PresenceChanged(2, IsOnline: true, At),
            new Typing(1, 2),
            new ListingChanged(2),
            new AccountChanged(3),
            NoticesChanged.Now,
            Missed.Events,
        ];
        foreach (var sample in samples)
            Assert.Equal(sample, RelayedTypes.Read(sample.GetType().Name, RelayedTypes.Write(sample)));
        IRelayed[] lists =
        [
            new PresenceHeld([new PresenceChanged(2, IsOnline: true, At)]),
            new LimitsTaken("ana-1", [new LimitTaken("messages", "7", 2)]),
            new MessagePosted(Message("") with { Pictures = [new PictureView(Guid.NewGuid(), Guid.NewGuid(), 3, 4)] }),
        ];
        foreach (var sample in lists)
        {
            var body = RelayedTypes.Write(sample);
            Assert.Equal(body, RelayedTypes.Write((IRelayed)RelayedTypes.Read(sample.GetType().Name, body)!));
        }
        var names = samples.Concat(lists).Select(sample => sample.GetType().Name).Distinct();
        Assert.Equal(RelayedTypes.All.Select(type => type.Name).Order(), names.Order());
    }

    [Theory]
    [InlineData("ana-1")]
    [InlineData("máquina+de\"ana\"<1>")]
    public void A_node_knows_its_own_lines_by_how_they_begin(string node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RelayEnvelope.Write(buffer, Stamp with { Node = node }, default, null, null);
        Assert.True(buffer.WrittenSpan.StartsWith(RelayEnvelope.BeginningOf(node)));
        Assert.False(buffer.WrittenSpan.StartsWith(RelayEnvelope.BeginningOf(node[..^1])));
    }

    [Fact]
    public void An_event_of_another_version_is_not_read()
    {
        Assert.Null(RelayedTypes.Read("Unheard", "{}"u8));
        Assert.Null(RelayedTypes.Read(nameof(Typing), "[]"u8));
    }

    private static MessageView Message(string body) =>
        new(1, 2, 3, Guid.NewGuid(), 4, "Ana", MessageKind.Text, body, At);
}
