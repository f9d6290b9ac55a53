using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

public enum Shelf
{
    Open,
    Pinned,
    Archived,
}

public sealed class Membership
{
    public const int MaxDraftLength = 4_000;

    public long RoomId { get; set; }
    public long UserId { get; set; }

    /// <summary>The id of the room's newest message; 0 hides the room, such as an empty one from its seller.</summary>
    public long SortKey { get; set; }

    public long OthersCount { get; set; }

    /// <summary>The newest seq that the person has seen; it never falls.</summary>
    public long ReadSeq { get; set; }

    /// <summary>The messages by others up to <see cref="ReadSeq"/>, plus those deleted or purged above it.</summary>
    public long OthersRead { get; set; }

    /// <summary>The <see cref="ReadSeq"/> shared with the other; private marks do not raise it.</summary>
    public long SharedReadSeq { get; set; }

    public bool IsMarked { get; set; }

    /// <summary>Computed by the database, so it cannot drift. At least 1 if marked.</summary>
    public long Unread { get; private set; }

    public bool IsPinned { get; set; }

    /// <summary>The <see cref="SortKey"/> when archived, or 0. A newer message brings the room back.</summary>
    public long ArchivedSortKey { get; set; }

    public Shelf Shelf { get; private set; }

    /// <summary>UTC; null means not muted.</summary>
    public DateTime? MutedUntil { get; set; }

    public string? Draft { get; set; }

    public InboxPosition Position => new(SortKey, CountUnread(), MutedUntil);

    public long CountUnread() => Math.Max(OthersCount - OthersRead, IsMarked ? 1 : 0);

    /// <summary>Only inside the transaction that writes the message.</summary>
    public void Receive(Room room)
    {
        SortKey = room.LastMessageId;
        OthersCount = room.Others(UserId, room.LastSeq, room.FromBuyer, room.FromSeller);
    }

    /// <summary>Puts the count right that differs from the messages. Only while nobody writes in the room.</summary>
    internal void Recount(Room room, long unread)
    {
        OthersCount = room.Others(UserId, room.LastSeq, room.FromBuyer, room.FromSeller);
        OthersRead = OthersCount - unread;
    }

    /// <summary>Purged messages that the person had not read no longer count. Inside the transaction that removes them.</summary>
    internal void Lose(int unread) => OthersRead += unread;

    public bool Read(Room room, long seq, long fromBuyer, long fromSeller)
    {
        var wasMarked = IsMarked;
        IsMarked = false;
        if (seq <= ReadSeq)
            return wasMarked;
        (ReadSeq, OthersRead) = (seq, room.Others(UserId, seq, fromBuyer, fromSeller));
        return true;
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("Memberships");
        membership.Ignore(m => m.Position);
        membership.HasKey(m => new { m.UserId, m.RoomId });
        membership.HasOne<Room>().WithMany().HasForeignKey(m => m.RoomId);
        membership.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
        membership.HasIndex(m => m.RoomId);
        // The columns keep their original names.
        membership.Property(m => m.SortKey).HasColumnName("Place");
        membership.Property(m => m.ArchivedSortKey).HasColumnName("ArchivedPlace");
        membership.Property(m => m.SharedReadSeq).HasColumnName("ToldSeq");
        membership.Property(m => m.Draft).HasMaxLength(Membership.MaxDraftLength);
        membership
            .Property(m => m.Unread)
            .HasComputedColumnSql(
                "CASE WHEN OthersCount > OthersRead THEN OthersCount - OthersRead WHEN IsMarked = 1 THEN 1 ELSE 0 END",
                stored: false
            );
        membership
            .Property(m => m.Shelf)
            .HasComputedColumnSql(
                "CASE WHEN ArchivedPlace > 0 AND ArchivedPlace >= Place THEN 2 WHEN IsPinned = 1 THEN 1 ELSE 0 END",
                stored: false
            );
        membership.HasIndex(m => new { m.UserId, m.Unread });
        membership.HasIndex(m => new
        {
            m.UserId,
            m.Shelf,
            m.SortKey,
            m.RoomId,
        });
    }
}
