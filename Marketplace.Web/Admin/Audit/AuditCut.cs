using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin.Audit;

/// <summary>
/// The beginning of the record was taken away, up to an entry: the retention did it, and signed it. Triggers refuse to
/// change or delete it, and let go of no entry above the newest.
/// </summary>
public sealed class AuditCut
{
    public const int MaxKeyLength = 64;
    public const int MaxSignatureLength = 200;

    public long Id { get; set; }

    /// <summary>Of the last entry that is gone.</summary>
    public long Number { get; set; }

    /// <summary>The hash of that entry, on which the next one stands.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>See <see cref="SigningKey.Id"/>.</summary>
    public string Key { get; set; } = "";
    public string Signature { get; set; } = "";

    private string Signed =>
        FormattableString.Invariant($"marketplace-audit-cut-1\n{Number}\n{Convert.ToHexStringLower(Hash)}\n")
        + At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static AuditCut Of(long number, byte[] hash, DateTime at, SigningKey key)
    {
        var cut = new AuditCut
        {
            Number = number,
            Hash = hash,
            At = at,
            Key = key.Id,
        };
        cut.Signature = key.Sign(cut.Signed);
        return cut;
    }

    public bool IsBy(SigningKey key) => key.IsMine(Signed, Signature);
}

internal sealed class AuditCutConfiguration : IEntityTypeConfiguration<AuditCut>
{
    public void Configure(EntityTypeBuilder<AuditCut> cut)
    {
        cut.ToTable("AuditCuts", table => table.HasTrigger("AuditCutsStand"));
        cut.Property(c => c.Hash).HasMaxLength(AuditChain.HashLength);
        cut.Property(c => c.Key).HasMaxLength(AuditCut.MaxKeyLength);
        cut.Property(c => c.Signature).HasMaxLength(AuditCut.MaxSignatureLength);
        cut.HasIndex(c => c.Number).IsUnique();
    }
}
