using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Chat.Composer;

public sealed class QuickReply
{
    public const int MaxShortcutLength = 20;
    public const int MaxTextLength = 500;

    public long Id { get; set; }
    public long UserId { get; set; }
    public string Shortcut { get; set; } = "";
    public string Text { get; set; } = "";
}

internal sealed class QuickReplyConfiguration : IEntityTypeConfiguration<QuickReply>
{
    public void Configure(EntityTypeBuilder<QuickReply> reply)
    {
        reply.ToTable("QuickReplies");
        reply.Property(r => r.Shortcut).HasMaxLength(QuickReply.MaxShortcutLength);
        reply.Property(r => r.Text).HasMaxLength(QuickReply.MaxTextLength);
        reply.HasOne<User>().WithMany().HasForeignKey(r => r.UserId);
        reply.HasIndex(r => new { r.UserId, r.Shortcut }).IsUnique();
    }
}
