using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Where a conversation stands in a person's list.</summary>
public enum Shelf
{
    Open,
    Pinned,
    Archived,
}

/// <summary>A person's own side of a room.</summary>
public sealed class Membership
{
    /// <summary>As long as a message may be.</summary>
    public const int MaxDraftLength = 4_000;

    public long RoomId { get; set; }
    public long UserId { get; set; }

    /// <summary>
    /// Where the room stands in the person's list: the id of its newest message. 0: not in the list at all, as an empty
    /// room in its seller's.
    /// </summary>
    public long SortKey { get; set; }

    /// <summary>How many of the room's messages somebody else wrote.</summary>
    public long OthersCount { get; set; }

    /// <summary>Seen up to here; only rises.</summary>
    public long ReadSeq { get; set; }

    /// <summary>
    /// How many of the messages up to <see cref="ReadSeq"/> somebody else wrote, and how many above it that are deleted: they
    /// are not to be read any more.
    /// </summary>
    public long OthersRead { get; set; }

    /// <summary>
    /// What the others may know of <see cref="ReadSeq"/>. What was read while the person kept receipts private is not told
    /// later either.
    /// </summary>
    public long SharedReadSeq { get; set; }

    /// <summary>Marked as unread by the person; a flag of its own that changes no receipt.</summary>
    public bool IsMarked { get; set; }

    /// <summary>
    /// Messages of others above the read mark, at least one where it is marked: derived by the database from the fields
    /// above, so that it can't drift.
    /// </summary>
    public long Unread { get; private set; }

    public bool IsPinned { get; set; }

    /// <summary>Archived up to this place: whatever comes above it brings the room back. 0: not archived.</summary>
    public long ArchivedSortKey { get; set; }

    /// <summary>Derived by the database from the two fields above and the place.</summary>
    public Shelf Shelf { get; private set; }

    /// <summary>The person wants no notice of this room until then.</summary>
    public DateTime? MutedUntil { get; set; }

    /// <summary>What the person has begun to write.</summary>
    public string? Draft { get; set; }

    /// <summary>How the room stands in the person's list once this is stored.</summary>
    public InboxPosition Position => new(SortKey, CountUnread(), MutedUntil);

    /// <summary>What <see cref="Unread"/> is once this is stored.</summary>
    public long CountUnread() => Math.Max(OthersCount - OthersRead, IsMarked ? 1 : 0);

    /// <summary>Moves the room to the top of the person's list. Only inside the transaction that writes the message.</summary>
    public void Receive(Room room)
    {
        SortKey = room.LastMessageId;
        OthersCount = room.Others(UserId, room.LastSeq, room.FromBuyer, room.FromSeller);
    }

    /// <summary>Raises the read mark to the place of this message; false if nothing changed.</summary>
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
        // The columns keep the names that they were made with.
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
