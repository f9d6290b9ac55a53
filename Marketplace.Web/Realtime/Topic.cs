namespace Marketplace.Web.Realtime;

/// <summary>A kind and an id, such as ("person", 7). Each feature names its own kinds.</summary>
public readonly record struct Topic(string Kind, long Id);

/// <summary>Sent in place of events lost by falling behind: read the database again.</summary>
public sealed record Missed
{
    public static readonly Missed Events = new();

    private Missed() { }
}
