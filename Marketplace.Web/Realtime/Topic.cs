namespace Marketplace.Web.Realtime;

/// <summary>A kind and an id, such as ("person", 7). Each feature names its own kinds.</summary>
public readonly record struct Topic(string Kind, long Id)
{
    /// <summary>Has no subscribers: for what concerns all of them, acted on before (<see cref="Broadcaster.Before"/>).</summary>
    internal static readonly Topic Everything = new("", 0);
}

/// <summary>Sent in place of events lost by falling behind: read the database again.</summary>
public sealed record Missed : IRelayed
{
    public static readonly Missed Events = new();
}

/// <summary>What a subscriber shows of something whose versions only rise.</summary>
/// <param name="Version">Called on any thread.</param>
public sealed record Shown(Topic Topic, Func<long> Version);
