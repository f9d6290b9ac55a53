using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Where a buyer and a seller talk about one listing. There is one per listing and buyer.</summary>
public sealed class Room
{
    public const int MaxPreviewLength = 160;

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
    public PreviewKind LastKind { get; set; }
    public string LastPreview { get; set; } = "";
    public DateTime? LastAt { get; set; }

    /// <summary>Since when the buyer waits for an answer: the first message after the seller's last; null: nobody waits.</summary>
    public DateTime? WaitingSince { get; set; }

    /// <summary>What the buyer saw when the first message was sent: a <see cref="ListingSnapshot"/> as JSON.</summary>
    public string? Snapshot { get; set; }

    /// <summary>
    /// Makes place for a message of this sender: raises <see cref="LastSeq"/>, <see cref="Rev"/> and the counts. Only inside the
    /// transaction that writes it.
    /// </summary>
    /// <param name="now">A clock that was set back does not show: in a room time never falls.</param>
    public void Receive(long senderId, DateTime now)
    {
        LastSeq++;
        Rev++;
        FromBuyer += senderId == BuyerId ? 1 : 0;
        FromSeller += senderId == SellerId ? 1 : 0;
        LastSenderId = senderId;
        LastAt = LastAt > now ? LastAt : now;
        WaitingSince = senderId == BuyerId ? WaitingSince ?? LastAt : null;
    }

    /// <summary>Shows this as the room's newest message in lists.</summary>
    public void Show(PreviewKind kind, string body) => (LastKind, LastPreview) = (kind, Preview(body));

    /// <summary>How many messages up to a place this member did not write, by the counts of that place.</summary>
    public long Others(long userId, long seq, long fromBuyer, long fromSeller) =>
        userId == BuyerId ? seq - fromBuyer
        : userId == SellerId ? seq - fromSeller
        : seq;

    /// <summary>A message as a list row shows it: one line, cut where the row ends.</summary>
    public static string Preview(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        return line.Length <= MaxPreviewLength ? line : VisibleText.Begin(line, MaxPreviewLength - 1) + "…";
    }
}

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> room)
    {
        room.Property(r => r.LastPreview).HasMaxLength(Room.MaxPreviewLength);
        room.HasOne<Listing>().WithMany().HasForeignKey(r => r.ListingId).OnDelete(DeleteBehavior.Restrict);
        room.HasOne<User>().WithMany().HasForeignKey(r => r.BuyerId).OnDelete(DeleteBehavior.Restrict);
        room.HasOne<User>().WithMany().HasForeignKey(r => r.SellerId).OnDelete(DeleteBehavior.Restrict);
        room.HasIndex(r => new { r.ListingId, r.BuyerId }).IsUnique();
        room.HasIndex(r => new { r.LastMessageId, r.Id });
    }
}
