using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// Hides messages and shows them again in the caller's transaction, and tells open pages of it after the commit. What is
/// hidden leaves the message, so that no reader can be forgotten, and is kept as a version, which only administrators
/// read.
/// </summary>
public sealed class MessageModerator(IMessageIndex index, Broadcaster broadcaster)
{
    /// <summary>Stands for what is hidden; as long for everything, since a length says something too.</summary>
    public const string Mask = "••••••";

    /// <summary>Both see a tombstone. Null if there is nothing to hide.</summary>
    public Task<Action?> HideAsync(MarketplaceDbContext db, long roomId, long seq, HouseRule rule, DateTime now) =>
        ChangeAsync(
            db,
            roomId,
            seq,
            async (inRoom, message) =>
            {
                if (message is not { Kind: MessageKind.Text, DeletedAt: null })
                    return false;
                var data = MessageData.Parse(message.Data);
                await FileClaims.HideAsync(db, roomId, data?.Files ?? [], isHidden: true);
                db.MessageVersions.Add(Version(message, now));
                (message.Body, message.DeletedAt) = ("", now);
                message.Data = new MessageData { Hidden = rule }.ToJson();
                Count(inRoom, message, by: 1);
                return true;
            }
        );

    /// <summary>Hides a part of the text, everywhere in it. Null if the text does not have it.</summary>
    public Task<Action?> MaskAsync(
        MarketplaceDbContext db,
        long roomId,
        long seq,
        string part,
        HouseRule rule,
        DateTime now
    ) =>
        ChangeAsync(
            db,
            roomId,
            seq,
            (_, message) =>
            {
                var data = MessageData.Parse(message.Data) ?? new();
                if (
                    message is not { Kind: MessageKind.Text, DeletedAt: null }
                    || Masked(message.Body, part) is not { } body
                )
                    return Task.FromResult(false);
                // What was masked before goes back with the first version.
                if (data.Masked is null)
                    db.MessageVersions.Add(Version(message, now));
                message.Body = body;
                message.Data = (data with { Masked = rule }).ToJson();
                return Task.FromResult(true);
            }
        );

    /// <summary>The text without the part; null if it does not have it, or has no room for the mask.</summary>
    public static string? Masked(string text, string part)
    {
        var masked = MaskedText.Of(text, part, Mask);
        return masked.Length is 0 or > Message.MaxBodyLength || masked == text ? null : masked;
    }

    /// <summary>Shows again what was hidden of a message. Null if nothing is, or if its author has deleted it.</summary>
    public Task<Action?> RestoreAsync(MarketplaceDbContext db, long roomId, long seq) =>
        ChangeAsync(
            db,
            roomId,
            seq,
            async (inRoom, message) =>
            {
                var now = MessageData.Parse(message.Data);
                var kept = await db
                    .MessageVersions.Where(version => version.MessageId == message.Id && version.IsModerated)
                    .OrderByDescending(version => version.Id)
                    .FirstOrDefaultAsync();
                if (kept is null || now is not ({ Hidden: not null } or { Masked: not null }))
                    return false;
                var before = MessageData.Parse(kept.Data) ?? new();
                await FileClaims.HideAsync(db, roomId, before.Files, isHidden: false);
                if (now.Hidden is not null)
                    Count(inRoom, message, by: -1);
                (message.Body, message.DeletedAt) = (kept.Body, null);
                // Reactions went on while only a part was hidden.
                message.Data = (now.Masked is null ? before : before with { Reactions = now.Reactions }).ToJson();
                db.MessageVersions.Remove(kept);
                return true;
            }
        );

    private async Task<Action?> ChangeAsync(
        MarketplaceDbContext db,
        long roomId,
        long seq,
        Func<RoomMembers, Message, Task<bool>> apply
    )
    {
        // A no-op update takes the row lock, in the journal's order: the room first.
        var rooms = db.Rooms.Where(room => room.Id == roomId);
        await rooms.ExecuteUpdateAsync(room => room.SetProperty(r => r.LastSeq, r => r.LastSeq));
        var room = await rooms.SingleOrDefaultAsync();
        var message = await db.Messages.SingleOrDefaultAsync(m => m.RoomId == roomId && m.Seq == seq);
        if (room is null || message is null)
            return null;
        var members = await db.Memberships.Where(member => member.RoomId == roomId).ToListAsync();
        var (inRoom, before) = (new RoomMembers(room, members), message.Body);
        if (!await apply(inRoom, message))
            return null;
        message.Correct(room);
        await index.ReplaceAsync(db, IndexedMessage.Of(message, inRoom), before);
        await db.SaveChangesAsync();
        var view = await MessageQueries.At(db, roomId, seq).SingleAsync();
        return () => Tell(inRoom, view);
    }

    // The unread count of whoever has not read it; see Membership.OthersRead.
    private static void Count(RoomMembers inRoom, Message message, int by)
    {
        foreach (var member in inRoom.Members.Where(m => m.UserId != message.SenderId && m.ReadSeq < message.Seq))
            member.OthersRead += by;
    }

    private static MessageVersion Version(Message message, DateTime now) =>
        new()
        {
            MessageId = message.Id,
            Body = message.Body,
            Data = message.Data,
            IsModerated = true,
            Until = now,
        };

    private void Tell(RoomMembers inRoom, MessageView view)
    {
        foreach (var member in inRoom.Members)
        {
            broadcaster.Publish(ChatTopics.Person(member.UserId), new MessageChanged(view));
            broadcaster.Publish(ChatTopics.Person(member.UserId), new MembershipChanged(view.RoomId, member.Position));
        }
        broadcaster.Publish(ChatTopics.Room(view.RoomId), new MessageChanged(view));
        broadcaster.Publish(ChatTopics.AllRooms, new MessageChanged(view));
    }
}
