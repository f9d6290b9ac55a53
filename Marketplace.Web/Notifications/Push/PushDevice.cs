using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Notifications.Push;

/// <summary>
/// A browser that takes push messages, as its push service knows it. It ends with the session that made it; the next
/// page of a renewed session makes it anew. Times are UTC.
/// </summary>
public sealed class PushDevice
{
    public const int MaxEndpointLength = 2_048;

    /// <summary>A P-256 point of 65 bytes, in base64url.</summary>
    public const int PublicKeyLength = 87;

    /// <summary>16 bytes, in base64url.</summary>
    public const int SecretLength = 22;

    /// <summary>The most rooms of which a device remembers what it was told.</summary>
    public const int MaxTold = 50;

    /// <summary>A SHA-256 in hexadecimal digits.</summary>
    public const int KeyLength = 64;

    public long Id { get; set; }
    public long PersonId { get; set; }
    public Guid SessionId { get; set; }

    /// <summary>Whoever has it and the keys can send: never shown again.</summary>
    public required string Endpoint { get; set; }

    /// <summary>The SHA-256 of the endpoint, because databases do not index texts of its length.</summary>
    public required string Key { get; set; }

    /// <summary>RFC 8291: <c>p256dh</c>, the browser's public key.</summary>
    public required string PublicKey { get; set; }

    /// <summary>RFC 8291: <c>auth</c>.</summary>
    public required string Secret { get; set; }

    /// <summary>Such as "Chrome · Android"; empty if unknown.</summary>
    public string Name { get; set; } = "";
    public DateTime AddedAt { get; set; }

    /// <summary>When a page of the browser last confirmed it.</summary>
    public DateTime ConfirmedAt { get; set; }

    /// <summary>When the push service last accepted a message.</summary>
    public DateTime? AcceptedAt { get; set; }

    /// <summary>JSON: by tag (such as "room-12"), the last seq that the device was told of (<see cref="PushTold"/>).</summary>
    public string? Told { get; set; }
}

internal sealed class PushDeviceConfiguration : IEntityTypeConfiguration<PushDevice>
{
    public void Configure(EntityTypeBuilder<PushDevice> device)
    {
        device.ToTable("PushDevices");
        device.Property(d => d.Endpoint).HasMaxLength(PushDevice.MaxEndpointLength);
        device.Property(d => d.Key).HasMaxLength(PushDevice.KeyLength);
        device.Property(d => d.PublicKey).HasMaxLength(PushDevice.PublicKeyLength);
        device.Property(d => d.Secret).HasMaxLength(PushDevice.SecretLength);
        device.Property(d => d.Name).HasMaxLength(SignInSession.MaxDeviceLength);
        device.HasIndex(d => new { d.PersonId, d.Key }).IsUnique();
        device.HasIndex(d => d.Key);
        device.HasOne<SignInSession>().WithMany().HasForeignKey(d => d.SessionId).OnDelete(DeleteBehavior.Cascade);
        // The session goes with the person, and the device with it: SQL Server allows one such path.
        device.HasOne<User>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.NoAction);
    }
}
