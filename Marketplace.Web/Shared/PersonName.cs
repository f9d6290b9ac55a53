using System.Globalization;
using System.Resources;

namespace Marketplace.Web.Shared;

/// <summary>A closed account has no name: its reader sees why, in the reader's language.</summary>
public static class PersonName
{
    private static readonly ResourceManager Texts = new(typeof(SharedTexts));

    public static string Of(string name) =>
        name.Length > 0 ? name : Texts.GetString("Person.Closed", CultureInfo.CurrentUICulture)!;
}
