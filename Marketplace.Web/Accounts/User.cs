using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Accounts;

public sealed class User : IdentityUser<long>
{
    public const int LongestName = 60;

    private string displayName = "";

    /// <summary>What others see. Not unique, 1 to <see cref="LongestName"/> characters.</summary>
    public required string DisplayName
    {
        get => displayName;
        set => (displayName, NameKey) = (value, Folding.Fold(value));
    }

    /// <summary>The folded name: what a search compares.</summary>
    public string NameKey { get; private set; } = "";

    public DateTime JoinedAt { get; set; }

    /// <summary>Since when the person may not use the site; null for everybody else.</summary>
    public DateTime? SuspendedAt { get; set; }

    /// <summary>Whether others do not learn what the person has received and read; nor the person of them.</summary>
    public bool HidesReceipts { get; set; }

    /// <summary>Whether others do not learn when the person is here; nor the person of them.</summary>
    public bool HidesPresence { get; set; }
}

public static class Roles
{
    public const string Administrator = "administrator";
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.Property(u => u.DisplayName).HasMaxLength(User.LongestName);
        user.Property(u => u.NameKey).HasMaxLength(User.LongestName);
        user.HasIndex(u => u.NameKey);
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<long>>
{
    public void Configure(EntityTypeBuilder<IdentityRole<long>> role) =>
        role.HasData(
            new IdentityRole<long>
            {
                Id = 1,
                Name = Roles.Administrator,
                NormalizedName = Roles.Administrator.ToUpperInvariant(),
                ConcurrencyStamp = "1",
            }
        );
}
