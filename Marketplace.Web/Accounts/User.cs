using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Accounts;

public sealed class User : IdentityUser<long>
{
    public const int MaxNameLength = 60;

    public const int MaxEmailLength = 256;

    public const int MaxCultureLength = 20;

    public const int MaxTimeZoneLength = 60;

    private string displayName = "";

    /// <summary>Public and not unique.</summary>
    public required string DisplayName
    {
        get => displayName;
        set => (displayName, NameKey) = (value, Words.Key(value));
    }

    public string NameKey { get; private set; } = "";

    /// <summary>The words of the name, for searches among all people. Loaded only where the name changes.</summary>
    public List<UserTerm> Terms { get; } = [];

    public DateTime JoinedAt { get; set; }

    /// <summary>When the suspension began (UTC); null if not suspended.</summary>
    public DateTime? SuspendedAt { get; set; }

    /// <summary>When the suspension ends by itself (UTC); null if it does not.</summary>
    public DateTime? SuspendedUntil { get; set; }

    /// <summary>When the person closed the account (UTC); it then has no name, address or way to sign in.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>When the texts and pictures of a closed account were erased (UTC).</summary>
    public DateTime? ErasedAt { get; set; }

    /// <summary>The time step of the last accepted code of the authenticator app: no step is accepted twice.</summary>
    public long? LastCodeStep { get; set; }

    /// <summary>The last take-back: links of changes since <see cref="RestoredTo"/> until then are void.</summary>
    public DateTime? RestoredAt { get; set; }

    public DateTime? RestoredTo { get; set; }

    /// <summary>When the address rejected a mail (UTC): no notices go there until it is confirmed again.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>The language and IANA zone in which the person last read a page; mails are written in them.</summary>
    public string? Culture { get; set; }
    public string? TimeZone { get; set; }

    /// <summary>Whether receipts (delivered and read) are hidden in both directions.</summary>
    public bool HidesReceipts { get; set; }

    /// <summary>Whether presence is hidden in both directions.</summary>
    public bool HidesPresence { get; set; }

    /// <summary>The person has just read a mail that went to the address.</summary>
    internal void TrustAddress() => (EmailConfirmed, BouncedAt) = (true, null);

    /// <summary>Updates the search fields from the name; <see cref="Terms"/> must be loaded.</summary>
    internal void Fold()
    {
        NameKey = Words.Key(DisplayName);
        var words = Words.Tokens(DisplayName).ToHashSet();
        Terms.RemoveAll(term => !words.Remove(term.Term));
        Terms.AddRange(words.Select(word => new UserTerm { Term = word }));
    }
}

public sealed class UserTerm
{
    public required string Term { get; set; }
    public long UserId { get; set; }
}

public static class Roles
{
    public const string Administrator = "administrator";

    /// <summary>Reads the record of what administrators did; sees no room.</summary>
    public const string Auditor = "auditor";

    /// <summary>For <c>[Authorize(Roles = …)]</c>: who may read the record.</summary>
    public const string ReadersOfRecord = $"{Administrator},{Auditor}";
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.HasIndex(u => u.SuspendedUntil).HasFilter("\"SuspendedUntil\" IS NOT NULL");
        user.Property(u => u.DisplayName).HasMaxLength(User.MaxNameLength);
        user.Property(u => u.NameKey).HasMaxLength(Words.MaxKeyLength);
        user.Property(u => u.Culture).HasMaxLength(User.MaxCultureLength);
        user.Property(u => u.TimeZone).HasMaxLength(User.MaxTimeZoneLength);
        user.HasIndex(u => u.NameKey);
    }
}

// Identity adds it only for a schema version that it reads from the site's services, which migrations do not have.
internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    /// <summary>WebAuthn allows 1,023 bytes.</summary>
    private const int MaxIdLength = 1_024;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> passkey)
    {
        passkey.ToTable("AspNetUserPasskeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(MaxIdLength);
        passkey.OwnsOne(p => p.Data).ToJson();
        passkey.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
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
        role.HasData(Role(1, Roles.Administrator), Role(2, Roles.Auditor));

    private static IdentityRole<long> Role(long id, string name) =>
        new()
        {
            Id = id,
            Name = name,
            NormalizedName = name.ToUpperInvariant(),
            ConcurrencyStamp = "1",
        };
}
