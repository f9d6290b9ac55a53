using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Accounts.Sessions;

/// <summary>A sign-in: each cookie, bearer token, circuit and hub connection belongs to one. Times are UTC.</summary>
public sealed class SignInSession
{
    public const int MaxDeviceLength = 80;

    public const int MaxAddressLength = 64;

    public Guid Id { get; init; }
    public long UserId { get; init; }

    /// <summary>The account's security stamp at the last sign-in or renewal; a new stamp ends the session.</summary>
    public required string Stamp { get; set; }

    public bool IsKept { get; init; }

    public DateTime StartedAt { get; init; }

    /// <summary>The last use, to within <see cref="SessionClock.Grain"/>.</summary>
    public DateTime SeenAt { get; set; }

    public DateTime ProvedAt { get; set; }

    /// <summary>The end regardless of use.</summary>
    public DateTime EndsAt { get; init; }

    public string Device { get; init; } = "";
    public string Address { get; init; } = "";

    /// <summary>The only valid refresh token; null for a session of the site.</summary>
    public Guid? RefreshId { get; set; }

    internal SignInSession Renewed(Guid id, string stamp, DateTime provedAt) =>
        new()
        {
            Id = id,
            UserId = UserId,
            Stamp = stamp,
            IsKept = IsKept,
            StartedAt = StartedAt,
            SeenAt = SeenAt,
            ProvedAt = provedAt,
            EndsAt = EndsAt,
            Device = Device,
            Address = Address,
            RefreshId = RefreshId,
        };
}

internal sealed class SignInSessionConfiguration : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> session)
    {
        session.ToTable("Sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Stamp).HasMaxLength(64);
        session.Property(s => s.Device).HasMaxLength(SignInSession.MaxDeviceLength);
        session.Property(s => s.Address).HasMaxLength(SignInSession.MaxAddressLength);
        session.HasIndex(s => s.UserId);
        session.HasIndex(s => s.EndsAt);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
