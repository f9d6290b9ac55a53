namespace Marketplace.Tests.Support;

/// <summary>
/// A test that runs programs of Node.js: skipped with a word where they are missing, failing where CI promises them.
/// </summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="packages">The folder of the tests whose packages it needs; null: none.</param>
    public NodeFactAttribute(string? packages = null)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            return;
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists($"{path}/node")))
            Skip = "There is no node: scripts/test installs it.";
        else if (packages is not null && !Directory.Exists(Path.Combine(Sources.Tests, packages, "node_modules")))
            Skip = $"There are no packages in {packages}: scripts/test installs them.";
    }
}
