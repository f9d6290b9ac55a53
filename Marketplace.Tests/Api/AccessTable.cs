using System.Text;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Api;

/// <summary>A table of who gets what, beside the tests. What has no row fails, and so does a row of nothing.</summary>
/// <param name="keys">How many words name a row.</param>
internal sealed class AccessTable(string file, int keys)
{
    private readonly StringBuilder wrong = new();
    private readonly Dictionary<string, string> written = File.ReadAllLines(Path.Combine(Sources.Tests, "Api", file))
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(row => string.Join(' ', row[..keys]), row => string.Join(' ', row[keys..]));

    /// <param name="name">Padded for the table.</param>
    public void Saw(string name, string row)
    {
        var key = string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (!written.Remove(key, out var expected) || expected != row)
            wrong.Append(name).Append(' ').AppendLine(row);
    }

    public void Check() =>
        Assert.True(
            wrong.Length == 0 && written.Count == 0,
            $"Not as written:\n{wrong}\nThere is no: {string.Join(", ", written.Keys)}"
        );
}
