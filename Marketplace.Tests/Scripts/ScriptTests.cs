using Marketplace.Tests.Support;

namespace Marketplace.Tests.Scripts;

/// <summary>Runs the <c>.test.mjs</c> files, which test scripts without a browser.</summary>
public sealed class ScriptTests
{
    [NodeFact]
    public async Task The_scripts_keep_their_promises()
    {
        var report = await Node.RunAsync("Scripts", "--test", "--test-reporter=tap");
        Assert.Contains("# fail 0", report);
        Assert.DoesNotContain("# pass 0", report);
    }
}
