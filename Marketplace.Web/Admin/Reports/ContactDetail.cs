using System.Text.RegularExpressions;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Finds what is most often masked in a text: a telephone number or an e-mail address.</summary>
internal static partial class ContactDetail
{
    public static string? Find(string text) =>
        Number().Match(text) is { Success: true } number ? number.Value
        : Address().Match(text) is { Success: true } address ? address.Value
        : null;

    [GeneratedRegex(@"\+?\d(?:[ .\-]?\d){7,13}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,20}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex Address();
}
