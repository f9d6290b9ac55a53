using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin.People;

/// <summary>What an administrator writes down of a person or a room, for administrators only.</summary>
public sealed class Note
{
    public const int MaxTextLength = 1_000;

    public long Id { get; set; }
    public long? PersonId { get; set; }
    public long? RoomId { get; set; }
    public long AuthorId { get; set; }
    public string Text { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}

/// <summary>What notes are of: one of the two.</summary>
public sealed record NoteTarget(long? PersonId = null, long? RoomId = null);

public sealed record NoteView(long Id, string Author, string Text, DateTime At)
{
    public string Author
    {
        get => PersonName.Of(field);
    } = Author;
}

internal sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> note)
    {
        note.ToTable("Notes");
        note.Property(n => n.Text).HasMaxLength(Note.MaxTextLength);
        note.HasOne<User>().WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Restrict);
        note.HasOne<User>().WithMany().HasForeignKey(n => n.AuthorId).OnDelete(DeleteBehavior.Restrict);
        note.HasOne<Room>().WithMany().HasForeignKey(n => n.RoomId).OnDelete(DeleteBehavior.Restrict);
        note.HasIndex(n => new { n.PersonId, n.Id });
        note.HasIndex(n => new { n.RoomId, n.Id });
    }
}
