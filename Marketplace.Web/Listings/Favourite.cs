using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Listings;

public sealed class Favourite
{
    public long UserId { get; set; }
    public long ListingId { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class FavouriteConfiguration : IEntityTypeConfiguration<Favourite>
{
    public void Configure(EntityTypeBuilder<Favourite> favourite)
    {
        favourite.ToTable("Favourites");
        favourite.HasKey(f => new { f.UserId, f.ListingId });
        favourite.HasOne<Accounts.User>().WithMany().HasForeignKey(f => f.UserId);
        favourite.HasOne<Listing>().WithMany().HasForeignKey(f => f.ListingId);
        favourite.HasIndex(f => new
        {
            f.UserId,
            f.CreatedAt,
            f.ListingId,
        });
    }
}
