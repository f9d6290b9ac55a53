using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Bulk;

internal static class BulkNames
{
    private const int Max = 4;

    /// <summary>The first names, and how many more there are.</summary>
    public static IReadOnlyList<string> Of(IStringLocalizer<AdminTexts> texts, IReadOnlyList<string> names) =>
        names.Count <= Max ? names : [.. names.Take(Max - 1), texts["Bulk.More", names.Count - Max + 1]];
}
