using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Messages;

/// <summary>A message's text before an edit or deletion. Only administrators may read it.</summary>
public sealed class MessageVersion
{
    public long Id { get; set; }
    public long MessageId { get; set; }
    public string Body { get; set; } = "";

    /// <summary>The <see cref="Message.Data"/> that goes back with the text when the administration shows it again.</summary>
    public string? Data { get; set; }

    /// <summary>Whether the administration hid the text or a part of it: this is what it was.</summary>
    public bool IsModerated { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Until { get; set; }
}

internal sealed class MessageVersionConfiguration : IEntityTypeConfiguration<MessageVersion>
{
    public void Configure(EntityTypeBuilder<MessageVersion> version)
    {
        version.ToTable("MessageVersions");
        version.Property(v => v.Body).HasMaxLength(Message.MaxBodyLength);
        version.HasOne<Message>().WithMany().HasForeignKey(v => v.MessageId);
    }
}
