using Marketplace.Tests.Support;

namespace Marketplace.Tests.Scripts;

/// <summary>What of the browser's scripts needs no browser; the sentences stand in the <c>.test.mjs</c> files beside.</summary>
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
