using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Audit;

/// <summary>How entries of the record hold on to each other. Verifiers of other makes follow docs/operations.md.</summary>
public static class AuditChain
{
    public const int HashLength = SHA256.HashSizeInBytes;

    public const int SaltLength = 16;

    private const string Version = "marketplace-audit-1";

    /// <param name="previous">The hash of the entry before; empty for the first.</param>
    public static byte[] Hash(AuditEntry entry, byte[] previous) =>
        FieldHash.Of(
            Version,
            Convert.ToHexStringLower(previous),
            Text(entry.Number),
            entry.At.ToString("O", CultureInfo.InvariantCulture),
            Text(entry.AdministratorId),
            entry.Action.ToString(),
            entry.IsRefused ? "refused" : "done",
            entry.Reason?.ToString(),
            Text(entry.RoomId),
            Text(entry.PersonId),
            Text(entry.ListingId),
            Text(entry.Seq),
            entry.Commitment is null ? null : Convert.ToHexStringLower(entry.Commitment),
            entry.Address,
            entry.SessionId?.ToString()
        );

    /// <summary>Tells nothing of the text to who lacks the salt, and fits no other text.</summary>
    public static byte[] Commit(byte[] salt, string text) =>
        SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]);

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
