using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin.Rooms;

/// <summary>A filter of rooms that an administrator keeps under a name.</summary>
public sealed class SavedFilter
{
    public const int MaxNameLength = 40;
    public const int MaxQueryLength = 500;

    public long Id { get; set; }
    public long PersonId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>As <see cref="RoomFilter.Query"/> writes it.</summary>
    public string Query { get; set; } = "";
}

/// <param name="Query">With its question mark.</param>
public sealed record SavedFilterView(long Id, string Name, string Query);

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> filter)
    {
        filter.ToTable("SavedFilters");
        filter.Property(f => f.Name).HasMaxLength(SavedFilter.MaxNameLength);
        filter.Property(f => f.Query).HasMaxLength(SavedFilter.MaxQueryLength);
        filter.HasOne<User>().WithMany().HasForeignKey(f => f.PersonId);
        filter.HasIndex(f => new { f.PersonId, f.Id });
    }
}
