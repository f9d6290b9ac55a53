using System.Globalization;

namespace Marketplace.Tests.Support;

/// <summary>How much of something a test does: a little by default, much where <c>scripts/soak</c> asks for it.</summary>
public static class Soak
{
    public static int Setting(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : fallback;
}
