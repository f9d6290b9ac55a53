using Marketplace.Tests.Browser;

namespace Marketplace.Tests.Support;

/// <summary>
/// Tests that need the machine for themselves: how soon something shows, and servers under load. They run after the
/// others, one at a time, and share one site and one browser.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Site>
{
    public const string Name = "Alone";
}

/// <summary>Tests in a browser that only wait for what must come: one at a time on one site, beside the other tests.</summary>
/// <remarks>Half of them, so that two cores are busy to the end.</remarks>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<Site>
{
    public const string Name = "OneSite";
}

/// <summary>The other half.</summary>
[CollectionDefinition(Name)]
public sealed class SecondSite : ICollectionFixture<Site>
{
    public const string Name = "SecondSite";
}
