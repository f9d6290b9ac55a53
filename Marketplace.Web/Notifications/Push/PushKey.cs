using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Notifications.Push;

/// <summary>The site's own pair of VAPID keys (RFC 8292), made at the first start where none is configured.</summary>
public sealed class PushKey
{
    /// <summary>There is one row.</summary>
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;

    /// <summary>In base64url.</summary>
    public required string PublicKey { get; set; }

    /// <summary>By Data Protection.</summary>
    public required string ProtectedPrivateKey { get; set; }
}

internal sealed class PushKeyConfiguration : IEntityTypeConfiguration<PushKey>
{
    public void Configure(EntityTypeBuilder<PushKey> key)
    {
        key.ToTable("PushKeys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.PublicKey).HasMaxLength(PushDevice.PublicKeyLength);
    }
}
