using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;
using MimeKit;

namespace Marketplace.Web.Accounts;

/// <summary>Which e-mail addresses an account may have: those that get mail and look like no other. Pure.</summary>
internal static class AddressRules
{
    /// <summary>In bytes (RFC 5321, section 4.5.3.1.1).</summary>
    private const int MaxLocalPart = 64;

    // Also bounds labels to 63 letters, with hyphens inside only.
    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    public static bool IsGood(string typed) =>
        typed.Length <= User.MaxEmailLength
        && MailboxAddress.TryParse(typed, out var address)
        && (address.Address == typed || MailboxAddress.EncodeAddrspec(address.Address) == typed)
        && Encoding.UTF8.GetByteCount(address.LocalPart) <= MaxLocalPart
        && IsPlain(typed)
        && Shown(address.Domain) is { } domain
        && IsPlain(domain);

    /// <summary>The domain as people read it; null if it is none. Punycode could hide any letters.</summary>
    private static string? Shown(string domain)
    {
        try
        {
            return domain is "" or [.., '.'] ? null : Names.GetUnicode(Names.GetAscii(domain));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Letters that nobody sees, or of several alphabets, would make an address look like another person's.
    private static bool IsPlain(string text) =>
        VisibleText.Line(text) == text
        && text.Split('@', '.').All(part => !Scripts.Mixes(part) && !HasLooseMark(part.Normalize()));

    // Accents that make no letter of their own with the one before. Other scripts write vowels as marks.
    private static bool HasLooseMark(string part) =>
        part.EnumerateRunes().FirstOrDefault() is var first && IsMark(first)
        || part.EnumerateRunes()
            .Any(rune =>
                rune.Value
                    is (>= 0x300 and <= 0x36F)
                        or (>= 0x1AB0 and <= 0x1AFF)
                        or (>= 0x1DC0 and <= 0x1DFF)
                        or (>= 0x20D0 and <= 0x20FF)
                        or (>= 0xFE20 and <= 0xFE2F)
            );

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}
