using Marketplace.Tests.Browser;

namespace Marketplace.Tests.Support;

/// <summary>
/// For tests that need the whole machine: latencies, and servers under load. They run last, one at a time, on one
/// shared site and browser.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Site>
{
    public const string Name = "Alone";
}

/// <summary>For browser tests without timing demands: one at a time on one site, beside the other tests.</summary>
/// <remarks>Half of them; <see cref="SecondSite"/> has the others, so that two cores stay busy.</remarks>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<Site>
{
    public const string Name = "OneSite";
}

[CollectionDefinition(Name)]
public sealed class SecondSite : ICollectionFixture<Site>
{
    public const string Name = "SecondSite";
}
