using Marketplace.Tests.Browser;
using Marketplace.Tests.Hosting;
using Marketplace.Tests.Support;
using Xunit.Abstractions;

// Two more than the cores of a small machine: tests on slow lines and with servers of their own mostly wait.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

[assembly: TestCollectionOrderer(
    $"{nameof(Marketplace)}.{nameof(Marketplace.Tests)}.{nameof(Marketplace.Tests.Support)}.{nameof(LongestFirst)}",
    $"{nameof(Marketplace)}.{nameof(Marketplace.Tests)}"
)]

namespace Marketplace.Tests.Support;

/// <summary>Starts the longest collections first, so that short ones fill the time beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        OneSite.Name,
        SecondSite.Name,
        nameof(RandomTests),
        nameof(ConnectionTests),
        nameof(PageTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection =>
            Array.Exists(Longest, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal))
        );
}
