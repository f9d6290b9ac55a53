using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>The time (UTC) when a person last had a session open, stored with a delay.</summary>
public sealed class LastSeen
{
    public long UserId { get; set; }
    public DateTime At { get; set; }
}

internal sealed class LastSeenConfiguration : IEntityTypeConfiguration<LastSeen>
{
    public void Configure(EntityTypeBuilder<LastSeen> seen)
    {
        seen.ToTable("LastSeen");
        seen.HasKey(s => s.UserId);
        seen.Property(s => s.UserId).ValueGeneratedNever();
        seen.HasOne<User>().WithOne().HasForeignKey<LastSeen>(s => s.UserId);
    }
}
