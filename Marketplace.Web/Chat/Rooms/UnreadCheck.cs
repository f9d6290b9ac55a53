using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A comparison of all memberships with the messages. Times are UTC.</summary>
public sealed class UnreadCheck
{
    public long Id { get; set; }
    public DateTime StartedAt { get; set; }

    /// <summary>When it last said how far it is.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>Null while it runs, and of one that was broken off.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Memberships that were compared.</summary>
    public long Checked { get; set; }

    /// <summary>Those whose unread count was not what the messages say.</summary>
    public long Drifted { get; set; }

    public long Repaired { get; set; }
}

internal sealed class UnreadCheckConfiguration : IEntityTypeConfiguration<UnreadCheck>
{
    public void Configure(EntityTypeBuilder<UnreadCheck> check) => check.ToTable("UnreadChecks");
}
