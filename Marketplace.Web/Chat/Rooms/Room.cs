using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Rules;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>The conversation of a buyer and a seller about one listing; unique per listing and buyer.</summary>
public sealed class Room
{
    public const int MaxPreviewLength = 160;

    public long Id { get; set; }
    public long ListingId { get; set; }
    public long BuyerId { get; set; }
    public long SellerId { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>The oldest seq kept; purging removes only from the start.</summary>
    public long FirstSeq { get; set; } = 1;

    public long LastSeq { get; set; }

    public long FromBuyer { get; set; }
    public long FromSeller { get; set; }

    public long Rev { get; set; }

    public RoomRestrictions Restrictions { get; set; }

    /// <summary>Copied from the newest message, so that an inbox row reads no message.</summary>
    public long LastMessageId { get; set; }
    public long? LastSenderId { get; set; }
    public PreviewKind LastKind { get; set; }
    public string LastPreview { get; set; } = "";
    public DateTime? LastAt { get; set; }

    /// <summary>UTC, of the buyer's first message since the seller's last; null while no buyer waits.</summary>
    public DateTime? WaitingSince { get; set; }

    /// <summary>The worst that the rules of safety found since an administrator last cleared it.</summary>
    public SafetySeverity? Risk { get; set; }
    public SafetyRule? RiskRule { get; set; }

    /// <summary>The message in which it was found.</summary>
    public long? RiskSeq { get; set; }

    /// <summary>A <see cref="ListingSnapshot"/> as JSON, from the time of the first message.</summary>
    public string? Snapshot { get; set; }

    /// <summary>Reserves the next seq. Only inside the transaction that writes the message.</summary>
    /// <param name="senderId">0 for the administration.</param>
    /// <param name="now">Raised to the last message's time if the clock was set back.</param>
    public void Receive(long senderId, DateTime now)
    {
        LastSeq++;
        Rev++;
        FromBuyer += senderId == BuyerId ? 1 : 0;
        FromSeller += senderId == SellerId ? 1 : 0;
        LastSenderId = senderId;
        LastAt = LastAt > now ? LastAt : now;
        WaitingSince =
            senderId == BuyerId ? WaitingSince ?? LastAt
            : senderId == SellerId ? null
            : WaitingSince;
    }

    public void Show(PreviewKind kind, string preview) => (LastKind, LastPreview) = (kind, preview);

    /// <summary>Its messages up to this seq are purged. Only inside the transaction that removes them.</summary>
    public void Lose(long upTo)
    {
        FirstSeq = upTo + 1;
        if (RiskSeq <= upTo)
            (Risk, RiskRule, RiskSeq) = (null, null, null);
        if (LastSeq <= upTo)
            Show(PreviewKind.Purged, "");
    }

    public long Other(long memberId) => memberId == BuyerId ? SellerId : BuyerId;

    public long Others(long userId, long seq, long fromBuyer, long fromSeller) =>
        userId == BuyerId ? seq - fromBuyer
        : userId == SellerId ? seq - fromSeller
        : seq;

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
        // For the limit of new rooms.
        room.HasIndex(r => new { r.BuyerId, r.CreatedAt });
        // With the time, so that a list between two dates reads only the index.
        room.HasIndex(r => new
        {
            r.LastMessageId,
            r.Id,
            r.LastAt,
        });
        // Few rooms are in these, so that a message rarely pays for them.
        room.HasIndex(r => new { r.LastMessageId, r.Id }, "IX_Rooms_Risky").HasFilter("\"Risk\" IS NOT NULL");
        room.HasIndex(r => new { r.LastMessageId, r.Id }, "IX_Rooms_Restricted").HasFilter("\"Restrictions\" <> 0");
    }
}
