using Marketplace.Web.Accounts;

namespace Marketplace.Web.Chat;

/// <summary>
/// What an open room shows of the other, as far as both tell it: whether they are here or writing, and how far what was
/// written to them has come.
/// </summary>
/// <param name="run">The page's dispatcher.</param>
public sealed class RoomPeer(Presence presence, TimeProvider clock, Func<Func<Task>, Task>? run)
{
    /// <summary>A sign of writing holds as long as it takes the browser to give two.</summary>
    private static readonly TimeSpan Writing = TimeSpan.FromSeconds(5);

    private int signs;

    /// <summary>Whether they are writing just now.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Whether they are here; false also where one of the two keeps it private.</summary>
    public bool IsHere { get; private set; }

    /// <summary>When they were last here; null where that is not known or private.</summary>
    public DateTime? SeenAt { get; private set; }

    internal void Look(RoomView room, AccountState? reader) =>
        (IsHere, SeenAt) =
            reader is { HidesPresence: false } && room.Other(reader.Id) is { HidesPresence: false } other
                ? (presence.IsHere(other.Id), presence.SeenAt(other.Id, other.SeenAt))
                : (false, null);

    internal void Write()
    {
        IsWriting = true;
        _ = StopAsync(++signs);
    }

    internal void StopWriting()
    {
        IsWriting = false;
        signs++;
    }

    internal Receipt Receipt(MemberView other, MessageView message) =>
        message.Seq <= other.ToldSeq ? Chat.Receipt.Read
        : message.SentAt <= presence.SeenAt(other.Id, other.SeenAt) ? Chat.Receipt.Delivered
        : Chat.Receipt.Sent;

    private async Task StopAsync(int sign)
    {
        await Task.Delay(Writing, clock);
        if (sign == signs)
            await run!(() => Task.FromResult(IsWriting = false));
    }
}

/// <summary>How far one's own message has come.</summary>
public enum Receipt
{
    /// <summary>It is stored.</summary>
    Sent,

    /// <summary>The other has, or since then had, a session open.</summary>
    Delivered,

    /// <summary>It stood in a visible window of the other.</summary>
    Read,
}
