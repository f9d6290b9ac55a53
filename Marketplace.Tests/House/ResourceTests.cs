using System.Collections;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Marketplace.Tests.Support;
using Marketplace.Web.Layout;
using MudBlazor;

namespace Marketplace.Tests.House;

public sealed partial class ResourceTests
{
    public static TheoryData<string> Features =>
        [
            .. Sources.Resources.Where(path =>
                !Path.GetFileNameWithoutExtension(path).Contains('.', StringComparison.Ordinal)
                // The library brings its own English.
                && path != "Shared/LibraryTexts.resx"
            ),
        ];

    [Theory, MemberData(nameof(Features))]
    public void Every_text_is_there_in_every_language(string spanish)
    {
        var es = Read(spanish);
        foreach (var (code, _) in LayoutSetup.Languages[1..])
        {
            var other = Read(spanish.Replace(".resx", $".{code}.resx"));
            Assert.Equal(es.Keys.Order(), other.Keys.Order());
            Assert.DoesNotContain(es.Concat(other), text => string.IsNullOrWhiteSpace(text.Value));
            Assert.All(es.Keys, key => Assert.Equal(Places(es[key]), Places(other[key])));
        }
    }

    [Fact]
    public void Every_string_of_the_component_library_has_its_Spanish()
    {
        var library = typeof(MudTheme).Assembly;
        var name = library.GetManifestResourceNames().Single(n => n.EndsWith("LanguageResource.resources"));
        using var own = new ResourceReader(library.GetManifestResourceStream(name)!);
        var strings = own.Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string)one.Value!);
        var spanish = Read("Shared/LibraryTexts.resx");
        Assert.Equal(strings.Keys.Order(), spanish.Keys.Order());
        Assert.All(strings, one => Assert.Equal(Places(one.Value), Places(spanish[one.Key])));
    }

    [Fact]
    public void Every_text_that_a_source_names_is_there()
    {
        var known = Sources.Resources.SelectMany(path => Read(path).Keys).ToHashSet();
        var missing =
            from file in Sources.All
            from match in Used().Matches(file.Text)
            let key = match.Groups[1].Value
            where !known.Contains(key)
            select $"{file.Path}: {key}";
        Assert.Empty(missing);
    }

    private static Dictionary<string, string> Read(string path) =>
        XDocument
            .Load(Path.Combine(Sources.Root, path))
            .Root!.Elements("data")
            .ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) =>
        Regex.Matches(text, @"\{\d(:\w+)?\}").Select(match => match.Value).Distinct().Order();

    [GeneratedRegex("""(?:\bT|[tT]exts)\[\s*"([^"{]+)"\s*[,\]]""")]
    private static partial Regex Used();
}
