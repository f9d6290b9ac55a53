using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts;

/// <summary>Refuses what is guessed first; says nothing about composition (NIST SP 800-63B, OWASP ASVS 5.0).</summary>
/// <remarks><c>Pages/Parts/strength.js</c> and <c>common.js</c> say the same while one types.</remarks>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int MaxLength = 128;

    /// <summary>The fewest letters that a password needs beside a word that is known of the person.</summary>
    private const int MinBeside = 5;

    /// <summary>A shorter name stands in too many words.</summary>
    private const int MinWord = 3;

    // Sorted; scripts/common-passwords writes it and names its source.
    private static readonly ulong[] Common = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var errors = (AccountErrors)manager.ErrorDescriber;
        IdentityError? error =
            password is null ? null
            : password.Length > MaxLength ? errors.PasswordTooLong(MaxLength)
            : IsCommon(password) ? errors.PasswordCommon()
            : IsPersonal(password, user) ? errors.PasswordPersonal()
            : null;
        return Task.FromResult(error is null ? IdentityResult.Success : IdentityResult.Failed(error));
    }

    // The list is of passwords in English.
    private static readonly string[] Itself = [Folding.Fold("contraseña"), "contrasena"];

    // What stands around it is the first thing that a guesser adds.
    private static bool IsCommon(string password) => IsCommonWord(password.Trim());

    private static bool IsCommonWord(string password) =>
        IsListed(password) || IsMostly(Folding.Fold(password), Itself) || KeyPattern.Is(Folding.Fold(password));

    private static bool IsListed(string password)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(password.ToLowerInvariant()));
        return Array.BinarySearch(Common, BinaryPrimitives.ReadUInt64BigEndian(hash)) >= 0;
    }

    private static bool IsPersonal(string password, User user)
    {
        var address = user.Email ?? "";
        var words = Words
            .Tokens($"{user.DisplayName} {address}")
            .Concat([.. address.Split('@'), address, "marketplace"])
            .Select(Folding.Fold);
        return IsMostly(Folding.Fold(password), words);
    }

    private static bool IsMostly(string folded, IEnumerable<string> words)
    {
        var rest = words
            .Where(word => word.Length >= MinWord)
            .OrderByDescending(word => word.Length)
            .Aggregate(folded, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < folded.Length && rest.Length < MinBeside;
    }

    private static ulong[] Read()
    {
        using var source = typeof(PasswordRules).Assembly.GetManifestResourceStream("CommonPasswords")!;
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        var hashes = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
        return BitConverter.IsLittleEndian ? Array.ConvertAll(hashes, BinaryPrimitives.ReverseEndianness) : hashes;
    }
}
