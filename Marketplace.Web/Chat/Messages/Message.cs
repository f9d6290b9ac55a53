using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Stored as a number: append only. All but <see cref="Text"/> are system lines.</summary>
public enum MessageKind
{
    Text,

    Reserved,

    SoldHere,

    SoldElsewhere,

    Released,

    /// <summary>Text of an administrator. Who wrote it is in the record of administrators, not on any screen.</summary>
    Administration,

    /// <summary>What one of the two did to the deal; see <see cref="MessageData.Deal"/>.</summary>
    Deal,

    /// <summary>What became of the deal by itself.</summary>
    DealBySite,
}

internal static class PreviewKinds
{
    /// <summary>What its receivers are told of.</summary>
    public static NoticeKind Notice(this MessageKind kind) =>
        kind switch
        {
            MessageKind.Reserved => NoticeKind.Reserved,
            MessageKind.SoldHere => NoticeKind.SoldHere,
            MessageKind.SoldElsewhere => NoticeKind.SoldElsewhere,
            MessageKind.Released => NoticeKind.Released,
            MessageKind.Administration => NoticeKind.Administration,
            MessageKind.Deal or MessageKind.DealBySite => NoticeKind.Deal,
            _ => NoticeKind.Message,
        };

    public static bool IsOfDeal(this MessageKind kind) => kind is MessageKind.Deal or MessageKind.DealBySite;

    /// <summary>Nobody of the two said it.</summary>
    public static bool IsBySite(this MessageKind kind) => kind is MessageKind.Administration or MessageKind.DealBySite;

    public static PreviewKind Of(MessageKind kind, string body, DateTime? deletedAt) =>
        kind switch
        {
            _ when deletedAt is not null => PreviewKind.Deleted,
            MessageKind.Reserved => PreviewKind.Reserved,
            MessageKind.SoldHere => PreviewKind.SoldHere,
            MessageKind.SoldElsewhere => PreviewKind.SoldElsewhere,
            MessageKind.Released => PreviewKind.Released,
            MessageKind.Administration => PreviewKind.Administration,
            MessageKind.Deal or MessageKind.DealBySite => PreviewKind.Deal,
            _ => body.Length == 0 ? PreviewKind.Pictures : PreviewKind.Text,
        };
}

public sealed class Message
{
    public const int MaxBodyLength = 4000;

    /// <summary>Under which the administration writes; nobody else can have such a name.</summary>
    public const string AdministrationName = "Marketplace";

    public long Id { get; set; }
    public long RoomId { get; set; }

    /// <summary>From 1 without holes, in the order of commit.</summary>
    public long Seq { get; set; }

    public long Rev { get; set; }

    /// <summary>Among unchanged messages, rev rises with seq.</summary>
    public bool IsChanged { get; set; }
    public long SenderId { get; set; }

    /// <summary>Chosen by the sender's device; the same id is stored once.</summary>
    public Guid ClientId { get; set; }
    public MessageKind Kind { get; set; }
    public string Body { get; set; } = "";

    public string? Data { get; set; }
    public DateTime SentAt { get; set; }

    public long? ReplyTo { get; set; }
    public DateTime? EditedAt { get; set; }

    /// <summary>UTC. The text is erased and a tombstone stays.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The number of messages up to this one by the buyer and by the seller.</summary>
    public long FromBuyer { get; set; }
    public long FromSeller { get; set; }

    /// <summary>Takes the next seq of the room. Only inside the transaction that writes the message.</summary>
    public void Enter(Room room, DateTime now)
    {
        room.Receive(ShownSenderId, now);
        (RoomId, Seq, Rev, SentAt) = (room.Id, room.LastSeq, room.Rev, room.LastAt!.Value);
        (FromBuyer, FromSeller) = (room.FromBuyer, room.FromSeller);
        room.Show(Preview, PreviewText);
    }

    /// <summary>Only inside the transaction that writes the message.</summary>
    public void Correct(Room room)
    {
        (Rev, IsChanged) = (++room.Rev, true);
        if (Seq == room.LastSeq)
            room.Show(Preview, PreviewText);
    }

    /// <summary>What lists make their line of.</summary>
    public string PreviewText => Kind.IsOfDeal() ? MessageData.Parse(Data)?.Deal?.Mark ?? "" : Room.Preview(Body);

    public PreviewKind Preview =>
        DeletedAt is not null && MessageData.Parse(Data)?.Hidden is not null
            ? PreviewKind.Hidden
            : PreviewKinds.Of(Kind, Body, DeletedAt);

    /// <summary>Whom people see: 0 for the administration and for the site.</summary>
    public long ShownSenderId => Kind is MessageKind.Administration or MessageKind.DealBySite ? 0 : SenderId;
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.Ignore(m => m.Preview);
        message.Ignore(m => m.PreviewText);
        message.Ignore(m => m.ShownSenderId);
        message.Property(m => m.Body).HasMaxLength(Message.MaxBodyLength);
        message.HasOne<Room>().WithMany().HasForeignKey(m => m.RoomId);
        message.HasOne<User>().WithMany().HasForeignKey(m => m.SenderId).OnDelete(DeleteBehavior.Restrict);
        message.HasIndex(m => new { m.RoomId, m.Seq }).IsUnique();
        // Filtered to changed messages by each provider; the others are found by seq.
        message.HasIndex(m => new { m.RoomId, m.Rev });
        // The client id comes first, so that version 7 ids append to the index.
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
