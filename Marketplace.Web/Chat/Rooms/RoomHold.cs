using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>
/// A legal hold: nothing of the room is purged. What people delete or a closed account's erasure takes away leaves their
/// sight as ever, and stays for an export. Administrators alone know of it.
/// </summary>
public sealed class RoomHold
{
    public const int MaxReasonLength = 500;

    public long RoomId { get; set; }
    public long AdministratorId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; set; }
    public string Reason { get; set; } = "";
}

internal sealed class RoomHoldConfiguration : IEntityTypeConfiguration<RoomHold>
{
    public void Configure(EntityTypeBuilder<RoomHold> hold)
    {
        hold.ToTable("RoomHolds");
        hold.HasKey(h => h.RoomId);
        hold.Property(h => h.RoomId).ValueGeneratedNever();
        hold.Property(h => h.Reason).HasMaxLength(RoomHold.MaxReasonLength);
        hold.HasOne<Room>().WithOne().HasForeignKey<RoomHold>(h => h.RoomId).OnDelete(DeleteBehavior.Restrict);
        hold.HasOne<User>().WithMany().HasForeignKey(h => h.AdministratorId).OnDelete(DeleteBehavior.Restrict);
    }
}
