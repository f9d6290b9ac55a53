using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat;

public enum MessageKind
{
    /// <summary>Written by a person.</summary>
    Text,
}

/// <summary>One message of a room. Its <see cref="Seq"/> never changes and has no hole below it.</summary>
public sealed class Message
{
    public const int LongestBody = 4000;

    public long Id { get; set; }
    public long RoomId { get; set; }

    /// <summary>1, 2, 3 … in the room, in the order of commit.</summary>
    public long Seq { get; set; }

    /// <summary>The room's revision at this message's last change.</summary>
    public long Rev { get; set; }
    public long SenderId { get; set; }

    /// <summary>Chosen by the sender's device; sending it twice is sending once.</summary>
    public Guid ClientId { get; set; }
    public MessageKind Kind { get; set; }
    public string Body { get; set; } = "";

    /// <summary>What else the kind needs, as versioned JSON.</summary>
    public string? Data { get; set; }
    public DateTime SentAt { get; set; }

    /// <summary>How many of the room's messages up to this one the buyer wrote, and how many the seller.</summary>
    public long FromBuyer { get; set; }
    public long FromSeller { get; set; }
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.Property(m => m.Body).HasMaxLength(Message.LongestBody);
        message.HasOne<Room>().WithMany().HasForeignKey(m => m.RoomId);
        message.HasOne<User>().WithMany().HasForeignKey(m => m.SenderId).OnDelete(DeleteBehavior.Restrict);
        message.HasIndex(m => new { m.RoomId, m.Seq }).IsUnique();
        message.HasIndex(m => new { m.RoomId, m.Rev });
        message
            .HasIndex(m => new
            {
                m.RoomId,
                m.SenderId,
                m.ClientId,
            })
            .IsUnique();
    }
}
