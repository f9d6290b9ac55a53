namespace Marketplace.Tests.Support;

/// <summary>
/// A test that runs programs of Node.js: skipped with a word where their packages are missing, failing where CI promises them.
/// </summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string folder)
    {
        var modules = Path.Combine(Sources.Tests, folder, "node_modules");
        if (!Directory.Exists(modules) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"There is no {modules}: scripts/test installs it.";
    }
}
