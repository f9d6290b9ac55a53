using System.Globalization;
using System.Text.Json;

namespace Marketplace.Web.Admin.Audit;

/// <summary>How long the record was at a time (UTC), signed: kept elsewhere, it shows a tail that was cut off.</summary>
/// <param name="Head">The hash of the entry with the number <paramref name="Size"/>, in hex.</param>
/// <param name="Key">See <see cref="SigningKey.Id"/>.</param>
public sealed record AuditCheckpoint(long Size, string Head, DateTime At, string Key, string Signature)
{
    public static AuditCheckpoint Of(AuditHead head, DateTime at, SigningKey key)
    {
        var hex = Convert.ToHexStringLower(head.Hash);
        return new(head.Size, hex, at, key.Id, key.Sign(Signed(head.Size, hex, at)));
    }

    /// <summary>Null if it is none.</summary>
    public static AuditCheckpoint? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditCheckpoint>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsBy(SigningKey key) => key.IsMine(Signed(Size, Head, At), Signature);

    public string Line() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    private static string Signed(long size, string head, DateTime at) =>
        FormattableString.Invariant($"marketplace-audit-checkpoint-1\n{size}\n{head}\n")
        + at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
