using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What the rules of safety find in a room: in what the other person wrote, and in what is to be sent.</summary>
/// <param name="me">Null for a supervisor, for whom nothing is read.</param>
/// <param name="site">The base address, such as <c>https://example.com/</c>.</param>
public sealed class RoomCautions(TimeProvider clock, long? me, string? site)
{
    private readonly string host = site is null ? "" : new Uri(site).Host;

    // Of the few messages in which something was found.
    private readonly Dictionary<(long Seq, long Rev), SafetyRule> known = [];

    /// <summary>The worst of what was found; null if nothing was.</summary>
    public SafetyRule? Of(MessageView message) =>
        known.TryGetValue((message.Seq, message.Rev), out var rule) ? rule : null;

    public void Read(RoomView room, MessageWindow window, IReadOnlyList<MessageView> messages)
    {
        if (me is null)
            return;
        // In the middle of a long history nobody meets for the first time.
        var answered = window.HasOlder(room.FirstSeq) ? 0 : FirstSaid(window, isBy: id => id == me);
        foreach (var message in messages.Where(IsSaid).Where(message => message.SenderId != me))
            if (Find(room, message.SenderId, message.Body, message.SentAt, message.Seq < answered) is [var worst, ..])
                known[(message.Seq, message.Rev)] = worst.Rule;
    }

    public IReadOnlyList<SafetyFinding> Find(RoomView room, MessageWindow window, string text)
    {
        var isFirst = !window.HasOlder(room.FirstSeq) && FirstSaid(window, isBy: id => id != me) == long.MaxValue;
        return me is { } id ? Find(room, id, text, clock.GetUtcNow().UtcDateTime, isFirst) : [];
    }

    private IReadOnlyList<SafetyFinding> Find(RoomView room, long sender, string text, DateTime at, bool isFirst) =>
        room.Of(sender) is { } member
            ? SafetyRules.Find(
                text,
                new(
                    isFirst,
                    at - member.JoinedAt < SafetyContext.New,
                    sender == room.Buyer.Id,
                    room.Price,
                    member.Name,
                    host
                )
            )
            : [];

    private static long FirstSaid(MessageWindow window, Func<long, bool> isBy) =>
        window.Messages.FirstOrDefault(message => IsSaid(message) && isBy(message.SenderId))?.Seq ?? long.MaxValue;

    private static bool IsSaid(MessageView message) => message is { Kind: MessageKind.Text, DeletedAt: null };
}
