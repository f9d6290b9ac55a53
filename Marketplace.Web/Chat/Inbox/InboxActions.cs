using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Chat.Inbox;

public sealed class InboxActions(
    InboxService inbox,
    MembershipService memberships,
    ChatService chat,
    TimeProvider clock,
    ISnackbar snackbar,
    IStringLocalizer<ChatTexts> texts
)
{
    public const int MaxAtOnce = InboxSession.MaxRows;

    /// <summary>Applies an action to the person's rooms; ignores unknown actions and other rooms.</summary>
    public async Task DoAsync(IReadOnlyCollection<long> rooms, string action)
    {
        var before = await inbox.RowsAsync([.. rooms.Take(MaxAtOnce)]);
        if (before.Count == 0)
            return;
        foreach (var row in before)
            if (!await ActAsync(row.RoomId, action))
                return;
        var said = before.Count == 1 ? texts[$"Done.{action}"] : texts[$"Done.{action}.Many", before.Count];
        snackbar.Say(said, texts["Done.Undo"], () => UndoAsync(before, action));
    }

    private Task<bool> ActAsync(long room, string action) =>
        action switch
        {
            "Pin" => memberships.PinAsync(room, true),
            "Unpin" => memberships.PinAsync(room, false),
            "MarkUnread" => memberships.MarkUnreadAsync(room),
            "MarkRead" => ReadAsync(room),
            "MuteHour" => memberships.MuteAsync(room, TimeSpan.FromHours(1)),
            "MuteEight" => memberships.MuteAsync(room, TimeSpan.FromHours(8)),
            "Mute" => memberships.MuteAsync(room, null),
            "Unmute" => memberships.MuteAsync(room, TimeSpan.Zero),
            "Archive" => memberships.ArchiveAsync(room, true),
            "Unarchive" => memberships.ArchiveAsync(room, false),
            _ => Task.FromResult(false),
        };

    private async Task<bool> ReadAsync(long room) => await chat.MarkReadAsync(room, long.MaxValue) is null;

    private async Task UndoAsync(IReadOnlyList<InboxRowView> before, string action)
    {
        foreach (var row in before)
            await (
                action switch
                {
                    "Pin" or "Unpin" => memberships.PinAsync(row.RoomId, row.Shelf == Shelf.Pinned),
                    "Archive" or "Unarchive" => memberships.ArchiveAsync(row.RoomId, row.Shelf == Shelf.Archived),
                    "MarkUnread" when row.Unread == 0 => ReadAsync(row.RoomId),
                    // The receipt cannot be revoked; the room only becomes unread for the person again.
                    "MarkRead" when row.Unread > 0 => memberships.MarkUnreadAsync(row.RoomId),
                    "MarkRead" or "MarkUnread" => Task.FromResult(true),
                    _ => memberships.MuteAsync(
                        row.RoomId,
                        (row.MutedUntil ?? DateTime.MinValue) - clock.GetUtcNow().UtcDateTime
                    ),
                }
            );
    }
}
