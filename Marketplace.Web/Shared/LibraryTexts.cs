using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Shared;

/// <summary>
/// The component library's own strings, in the reader's language: Spanish in the resource file of this name, and English
/// beside it. What the files lack stays as the library has it.
/// </summary>
public sealed class LibraryTexts(IStringLocalizer<LibraryTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];

    public override LocalizedString this[string key, params object[] arguments] => texts[key, arguments];
}
