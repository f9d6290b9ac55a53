using Marketplace.Web.Accounts;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>The other's presence, typing and receipts; hidden if either keeps them private or blocks the other.</summary>
public sealed class PeerStatus(Presence presence, TimeProvider clock, Func<Func<Task>, Task>? run)
{
    /// <summary>Long enough for two typing signals of the browser.</summary>
    private static readonly TimeSpan TypingLife = TimeSpan.FromSeconds(5);

    private int signs;

    public bool IsTyping { get; private set; }

    public bool IsOnline { get; private set; }

    /// <summary>UTC; null if unknown or private.</summary>
    public DateTime? SeenAt { get; private set; }

    internal void Look(RoomView room, AccountState? reader) =>
        (IsOnline, SeenAt) =
            reader is { HidesPresence: false }
            && !room.IsBlocked
            && room.Other(reader.Id) is { HidesPresence: false, IsClosed: false } other
                ? (presence.IsOnline(other.Id), presence.SeenAt(other.Id, other.SeenAt))
                : (false, null);

    internal void Write()
    {
        IsTyping = true;
        _ = StopAsync(++signs);
    }

    internal void StopTyping()
    {
        IsTyping = false;
        signs++;
    }

    internal Receipt Receipt(MemberView other, long seq, DateTime sentAt) =>
        seq <= other.SharedReadSeq ? Rooms.Receipt.Read
        : sentAt <= presence.SeenAt(other.Id, other.SeenAt) ? Rooms.Receipt.Delivered
        : Rooms.Receipt.Sent;

    private async Task StopAsync(int sign)
    {
        await Task.Delay(TypingLife, clock);
        if (sign == signs)
            await run!(() => Task.FromResult(IsTyping = false));
    }
}
