using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Wall;

public enum WallOrder
{
    Newest,
    Riskiest,
}

/// <summary>A message on the wall, cut to a line or two.</summary>
public sealed record WallMessage(
    long RoomId,
    long Seq,
    long Rev,
    string SenderName,
    PreviewKind Kind,
    string Preview,
    DateTime SentAt
)
{
    public string SenderName
    {
        get => PersonName.Of(field);
    } = SenderName;
}

/// <summary>A room on the wall with its last messages, the oldest of them first.</summary>
public sealed record WallTile(RoomRowView Room, IReadOnlyList<WallMessage> Messages)
{
    public bool IsSameAs(WallTile other) => Room == other.Room && Messages.SequenceEqual(other.Messages);
}

/// <summary>What all walls may show after one read.</summary>
/// <param name="Number">Rises with each read, from its beginning.</param>
public sealed record WallRead(long Number, IReadOnlyList<WallTile> Newest, IReadOnlyList<WallTile> Riskiest)
{
    public static readonly WallRead None = new(0, [], []);

    public IReadOnlyList<WallTile> In(WallOrder order) => order is WallOrder.Riskiest ? Riskiest : Newest;
}
