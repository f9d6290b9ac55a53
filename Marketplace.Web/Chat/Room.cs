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

    /// <summary>How many of the messages up to here the buyer wrote, and how many the seller.</summary>
    public long FromBuyer { get; set; }
    public long FromSeller { get; set; }

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
    /// <param name="now">A clock that was set back does not show: in a room time never falls.</param>
    public Message Receive(long senderId, Guid clientId, string body, DateTime now)
    {
        LastSeq++;
        Rev++;
        FromBuyer += senderId == BuyerId ? 1 : 0;
        FromSeller += senderId == SellerId ? 1 : 0;
        LastSenderId = senderId;
        LastPreview = Preview(body);
        LastAt = LastAt > now ? LastAt : now;
        return new Message
        {
            RoomId = Id,
            Seq = LastSeq,
            Rev = Rev,
            SenderId = senderId,
            ClientId = clientId,
            Body = body,
            SentAt = LastAt.Value,
            FromBuyer = FromBuyer,
            FromSeller = FromSeller,
        };
    }

    /// <summary>How many messages up to a place this member did not write, by the counts of that place.</summary>
    public long Others(long userId, long seq, long fromBuyer, long fromSeller) =>
        userId == BuyerId ? seq - fromBuyer
        : userId == SellerId ? seq - fromSeller
        : seq;

    /// <summary>A message as a list row shows it: one line, cut where the row ends.</summary>
    public static string Preview(string body)
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

    /// <summary>How many of the room's messages somebody else wrote.</summary>
    public long OthersCount { get; set; }

    /// <summary>Seen up to here; only rises.</summary>
    public long ReadSeq { get; set; }

    /// <summary>How many of the messages up to <see cref="ReadSeq"/> somebody else wrote.</summary>
    public long OthersRead { get; set; }

    /// <summary>Messages of others above the read mark: the difference of the two counts, kept by the database.</summary>
    public long Unread { get; private set; }

    /// <summary>Moves the room to the top of the person's list. Only inside the transaction that writes the message.</summary>
    public void Receive(Room room, Message message)
    {
        Place = message.Id;
        OthersCount = room.Others(UserId, message.Seq, message.FromBuyer, message.FromSeller);
    }

    /// <summary>Raises the read mark to the place of this message; false if it was there already.</summary>
    public bool Read(Room room, long seq, long fromBuyer, long fromSeller)
    {
        if (seq <= ReadSeq)
            return false;
        (ReadSeq, OthersRead) = (seq, room.Others(UserId, seq, fromBuyer, fromSeller));
        return true;
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
        membership.Property(m => m.Unread).HasComputedColumnSql("OthersCount - OthersRead", stored: false);
        membership.HasIndex(m => new { m.UserId, m.Unread });
    }
}
