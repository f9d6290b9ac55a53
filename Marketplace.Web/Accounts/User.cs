using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Accounts;

public sealed class User : IdentityUser<long>
{
    public const int MaxNameLength = 60;

    private string displayName = "";

    /// <summary>What others see. Not unique, 1 to <see cref="MaxNameLength"/> characters.</summary>
    public required string DisplayName
    {
        get => displayName;
        set => (displayName, NameKey) = (value, Words.Key(value));
    }

    /// <summary>The folded name: what a search among few compares.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The words of the name; what a search among all people compares. Loaded only where the name changes.</summary>
    public List<UserTerm> Terms { get; } = [];

    public DateTime JoinedAt { get; set; }

    /// <summary>Since when the person may not use the site; null for everybody else.</summary>
    public DateTime? SuspendedAt { get; set; }

    /// <summary>Whether others do not learn what the person has received and read; nor the person of them.</summary>
    public bool HidesReceipts { get; set; }

    /// <summary>Whether others do not learn when the person is here; nor the person of them.</summary>
    public bool HidesPresence { get; set; }

    /// <summary>Brings what the name is found by up to it; <see cref="Terms"/> are loaded.</summary>
    internal void Fold()
    {
        NameKey = Words.Key(DisplayName);
        var words = Words.Tokens(DisplayName).ToHashSet();
        Terms.RemoveAll(term => !words.Remove(term.Term));
        Terms.AddRange(words.Select(word => new UserTerm { Term = word }));
    }
}

/// <summary>A folded word by which a person is found.</summary>
public sealed class UserTerm
{
    public required string Term { get; set; }
    public long UserId { get; set; }
}

public static class Roles
{
    public const string Administrator = "administrator";
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.Property(u => u.DisplayName).HasMaxLength(User.MaxNameLength);
        user.Property(u => u.NameKey).HasMaxLength(Words.MaxKeyLength);
        user.HasIndex(u => u.NameKey);
    }
}

internal sealed class UserTermConfiguration : IEntityTypeConfiguration<UserTerm>
{
    public void Configure(EntityTypeBuilder<UserTerm> term)
    {
        term.ToTable("UserTerms");
        term.Property(t => t.Term).HasMaxLength(Words.MaxLength);
        term.HasKey(t => new { t.Term, t.UserId });
        term.HasIndex(t => t.UserId);
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
