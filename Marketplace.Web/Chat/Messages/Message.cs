using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Stored as a number: append only. All but <see cref="Text"/> are system lines.</summary>
public enum MessageKind
{
    /// <summary>Written by a person.</summary>
    Text,

    /// <summary>The seller keeps the listing for the buyer of this room.</summary>
    Reserved,

    /// <summary>The listing was sold to the buyer of this room.</summary>
    SoldHere,

    /// <summary>The listing was sold to somebody else.</summary>
    SoldElsewhere,

    /// <summary>The listing is for sale again.</summary>
    Released,
}

internal static class PreviewKinds
{
    public static PreviewKind Of(MessageKind kind, string body, DateTime? deletedAt) =>
        kind switch
        {
            _ when deletedAt is not null => PreviewKind.Deleted,
            MessageKind.Reserved => PreviewKind.Reserved,
            MessageKind.SoldHere => PreviewKind.SoldHere,
            MessageKind.SoldElsewhere => PreviewKind.SoldElsewhere,
            MessageKind.Released => PreviewKind.Released,
            _ => body.Length == 0 ? PreviewKind.Pictures : PreviewKind.Text,
        };
}

/// <summary>One message of a room. Its <see cref="Seq"/> never changes and has no hole below it.</summary>
public sealed class Message
{
    public const int MaxBodyLength = 4000;

    public long Id { get; set; }
    public long RoomId { get; set; }

    /// <summary>1, 2, 3 … in the room, in the order of commit.</summary>
    public long Seq { get; set; }

    /// <summary>The room's revision at this message's last change.</summary>
    public long Rev { get; set; }

    /// <summary>Whether it changed since it was posted; until then rev rises with seq.</summary>
    public bool IsChanged { get; set; }
    public long SenderId { get; set; }

    /// <summary>Chosen by the sender's device; sending it twice is sending once.</summary>
    public Guid ClientId { get; set; }
    public MessageKind Kind { get; set; }
    public string Body { get; set; } = "";

    /// <summary>What else the kind needs, as versioned JSON.</summary>
    public string? Data { get; set; }
    public DateTime SentAt { get; set; }

    /// <summary>The place of the message that this one answers.</summary>
    public long? ReplyTo { get; set; }
    public DateTime? EditedAt { get; set; }

    /// <summary>Since when only a tombstone stands here; the text is gone from it.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>How many of the room's messages up to this one the buyer wrote, and how many the seller.</summary>
    public long FromBuyer { get; set; }
    public long FromSeller { get; set; }

    /// <summary>Takes its place at the end of a room, with the next seq. Only inside the transaction that writes it.</summary>
    public void Enter(Room room, DateTime now)
    {
        room.Receive(SenderId, now);
        (RoomId, Seq, Rev, SentAt) = (room.Id, room.LastSeq, room.Rev, room.LastAt!.Value);
        (FromBuyer, FromSeller) = (room.FromBuyer, room.FromSeller);
        room.Show(Preview, Body);
    }

    /// <summary>Notes that it changed. Only inside the transaction that writes it.</summary>
    public void Correct(Room room)
    {
        (Rev, IsChanged) = (++room.Rev, true);
        if (Seq == room.LastSeq)
            room.Show(Preview, Body);
    }

    /// <summary>How a list row or a quote names it.</summary>
    public PreviewKind Preview => PreviewKinds.Of(Kind, Body, DeletedAt);
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.Ignore(m => m.Preview);
        message.Property(m => m.Body).HasMaxLength(Message.MaxBodyLength);
        message.HasOne<Room>().WithMany().HasForeignKey(m => m.RoomId);
        message.HasOne<User>().WithMany().HasForeignKey(m => m.SenderId).OnDelete(DeleteBehavior.Restrict);
        message.HasIndex(m => new { m.RoomId, m.Seq }).IsUnique();
        // Of those that changed, as each provider says it: the others are found by seq, and pay nothing for it.
        message.HasIndex(m => new { m.RoomId, m.Rev });
        // The id first: those of version 7 are then added at the end, not each on its room's page.
        message
            .HasIndex(m => new
            {
                m.ClientId,
                m.SenderId,
                m.RoomId,
            })
            .IsUnique();
    }
}
