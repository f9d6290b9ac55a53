namespace Marketplace.Tests.Support;

/// <summary>A test that needs Node.js: skipped where it is missing, except in CI, where it then fails.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="packages">The folder whose Node.js packages it needs; null means none.</param>
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
