using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What a message said before it was edited or deleted. Only those who supervise get to read it.</summary>
public sealed class MessageVersion
{
    public long Id { get; set; }
    public long MessageId { get; set; }
    public string Body { get; set; } = "";

    /// <summary>When the text was replaced.</summary>
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
