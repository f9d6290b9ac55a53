using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Shared;

public sealed class LibraryTexts(IStringLocalizer<LibraryTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => IsSpanish ? texts[key] : AsInLibrary(key);

    public override LocalizedString this[string key, params object[] arguments] =>
        IsSpanish ? texts[key, arguments] : AsInLibrary(key);

    private static bool IsSpanish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es";

    private static LocalizedString AsInLibrary(string key) => new(key, key, resourceNotFound: true);
}
