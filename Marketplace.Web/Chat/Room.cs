using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat;

/// <summary>Where a buyer and a seller talk about one listing. There is one per listing and buyer.</summary>
public sealed class Room
{
    public const int LongestPreview = 160;

    public long Id { get; set; }
    public long ListingId { get; set; }
    public long BuyerId { get; set; }
    public long SellerId { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>The first message that is still kept; purging cuts only from the start.</summary>
    public long FirstSeq { get; set; } = 1;

    /// <summary>The place of the newest message; 0 while the room is empty.</summary>
    public long LastSeq { get; set; }

    /// <summary>Raised by every change of the room; a message carries the one of its own last change.</summary>
    public long Rev { get; set; }

    /// <summary>The newest message, so that a list row reads no message.</summary>
    public long LastMessageId { get; set; }
    public long? LastSenderId { get; set; }
    public string LastPreview { get; set; } = "";
    public DateTime? LastAt { get; set; }

    /// <summary>What the buyer saw when the first message was sent: a <see cref="ListingSnapshot"/> as JSON.</summary>
    public string? Snapshot { get; set; }

    /// <summary>Gives a new message its place. Only inside the transaction that writes it.</summary>
    public Message Receive(long senderId, Guid clientId, string body, DateTime now)
    {
        LastSeq++;
        Rev++;
        LastSenderId = senderId;
        LastPreview = Preview(body);
        LastAt = now;
        return new Message
        {
            RoomId = Id,
            Seq = LastSeq,
            Rev = Rev,
            SenderId = senderId,
            ClientId = clientId,
            Body = body,
            SentAt = now,
        };
    }

    private static string Preview(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        if (line.Length <= LongestPreview)
            return line;
        // Never half of an emoji.
        var end = char.IsHighSurrogate(line[LongestPreview - 2]) ? LongestPreview - 2 : LongestPreview - 1;
        return line[..end] + "…";
    }
}

/// <summary>A person's own side of a room.</summary>
public sealed class Membership
{
    public long RoomId { get; set; }
    public long UserId { get; set; }

    /// <summary>
    /// Where the room stands in the person's list: the id of its newest message. 0: not in the list at all, as an empty
    /// room in its seller's.
    /// </summary>
    public long Place { get; set; }

    /// <summary>The newest message that somebody else wrote; unread while it is above <see cref="ReadSeq"/>.</summary>
    public long OthersSeq { get; set; }

    /// <summary>Seen up to here; only rises.</summary>
    public long ReadSeq { get; set; }

    /// <summary>Moves the room to the top of the person's list. Only inside the transaction that writes the message.</summary>
    public void Receive(Message message)
    {
        Place = message.Id;
        if (message.SenderId != UserId)
            OthersSeq = message.Seq;
    }
}

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> room)
    {
        room.Property(r => r.LastPreview).HasMaxLength(Room.LongestPreview);
        room.HasOne<Listing>().WithMany().HasForeignKey(r => r.ListingId).OnDelete(DeleteBehavior.Restrict);
        room.HasOne<User>().WithMany().HasForeignKey(r => r.BuyerId).OnDelete(DeleteBehavior.Restrict);
        room.HasOne<User>().WithMany().HasForeignKey(r => r.SellerId).OnDelete(DeleteBehavior.Restrict);
        room.HasIndex(r => new { r.ListingId, r.BuyerId }).IsUnique();
        room.HasIndex(r => new { r.LastMessageId, r.Id });
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("Memberships");
        membership.HasKey(m => new { m.UserId, m.RoomId });
        membership.HasOne<Room>().WithMany().HasForeignKey(m => m.RoomId);
        membership.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
        membership.HasIndex(m => m.RoomId);
        membership.HasIndex(m => new
        {
            m.UserId,
            m.Place,
            m.RoomId,
        });
        membership.HasIndex(m => new
        {
            m.UserId,
            m.OthersSeq,
            m.ReadSeq,
            m.RoomId,
        });
    }
}
