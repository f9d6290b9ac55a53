using Marketplace.Tests.Browser;

namespace Marketplace.Tests.Support;

/// <summary>
/// Tests that need the machine for themselves: a browser that waits for a page, and servers under load. They run after
/// the others, one at a time, and share one site and one browser.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Site>
{
    public const string Name = "Alone";
}
