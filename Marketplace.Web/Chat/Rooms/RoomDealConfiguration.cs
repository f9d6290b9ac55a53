using Marketplace.Web.Chat.Deals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

internal sealed class RoomDealConfiguration : IEntityTypeConfiguration<RoomDeal>
{
    public void Configure(EntityTypeBuilder<RoomDeal> deal)
    {
        deal.ToTable("Deals");
        deal.HasKey(d => d.RoomId);
        deal.Property(d => d.RoomId).ValueGeneratedNever();
        deal.HasOne<Room>().WithOne().HasForeignKey<RoomDeal>(d => d.RoomId);
        deal.HasIndex(d => new { d.ListingId, d.Stage });
    }
}
