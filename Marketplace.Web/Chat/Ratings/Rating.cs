using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Ratings;

/// <summary>What one of a room's two says of the other after the sale. It shows while the deal is sold.</summary>
public sealed class Rating
{
    public const int MaxStars = 5;
    public const int MaxLineLength = 200;

    /// <summary>How long one may rate; until then a rating is hidden, unless both have rated.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    public long RoomId { get; set; }
    public long ById { get; set; }
    public long AboutId { get; set; }

    /// <summary>What the one who rates was in the deal.</summary>
    public Side By { get; set; }
    public int Stars { get; set; }
    public string? Line { get; set; }
    public DateTime At { get; set; }

    public static bool AreShown(int ratings, DateTime soldAt, DateTime now) => ratings > 1 || now >= soldAt + Window;
}

internal sealed class RatingConfiguration : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> rating)
    {
        rating.ToTable("Ratings");
        rating.HasKey(r => new { r.RoomId, r.ById });
        rating.Property(r => r.Line).HasMaxLength(Rating.MaxLineLength);
        rating.HasOne<Room>().WithMany().HasForeignKey(r => r.RoomId);
        rating.HasOne<User>().WithMany().HasForeignKey(r => r.ById).OnDelete(DeleteBehavior.Restrict);
        rating.HasOne<User>().WithMany().HasForeignKey(r => r.AboutId).OnDelete(DeleteBehavior.Restrict);
        rating.HasIndex(r => new { r.AboutId, r.At });
    }
}
