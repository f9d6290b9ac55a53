using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketplace.Web.Shared;

public static partial class Money
{
    public const long MaxAmount = 10_000_000_00;

    public const string Currency = "EUR";

    /// <summary>Minor units, or null if it is no price up to <see cref="MaxAmount"/> in the reader's culture.</summary>
    public static long? Parse(string? text)
    {
        var amount = Written().Match((text ?? "").Trim().Trim('€').Trim());
        if (!amount.Success)
            return null;
        var (group, groups, mark) = (
            amount.Groups["group"].Value,
            amount.Groups["groups"].Value,
            amount.Groups["mark"].Value
        );
        if (group.Length > 0 && (group == mark || (mark.Length == 0 && groups.Length == 4 && IsDecimal(group))))
            return null;
        var units = string.Concat(amount.Groups["units"].Value.Where(char.IsAsciiDigit));
        var cents = amount.Groups["cents"].Value.PadRight(2, '0');
        return
            long.TryParse(units + cents, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor <= MaxAmount
            ? minor
            : null;
    }

    public static string Plain(long minor) =>
        minor % 100 == 0
            ? (minor / 100).ToString(CultureInfo.InvariantCulture)
            : (minor / 100m).ToString("0.00", CultureInfo.CurrentCulture);

    public static string Show(long minor, string currency)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.CurrencySymbol = currency == Currency ? "€" : currency;
        format.CurrencyDecimalDigits = minor % 100 == 0 ? 0 : 2;
        return (minor / 100m).ToString("C", format);
    }

    private static bool IsDecimal(string mark) =>
        CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == mark;

    [GeneratedRegex(
        @"^(?<units>[0-9]+|[0-9]{1,3}(?<groups>(?<group>[.,\u0020\u00A0\u202F])[0-9]{3}(?:\k<group>[0-9]{3})*))(?:(?<mark>[.,])(?<cents>[0-9]{1,2}))?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Written();
}
