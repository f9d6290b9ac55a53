namespace Marketplace.Web.Realtime;

/// <summary>What one can listen to: a kind and an id, such as ("person", 7). The features name their own kinds.</summary>
/// <param name="Kind">A short constant of the feature that publishes.</param>
/// <param name="Id">The key of the person, room or account that it is about.</param>
public readonly record struct Topic(string Kind, long Id);

/// <summary>Told to a subscriber that fell behind in place of the events it did not get: read again from the database.</summary>
public sealed record Missed
{
    public static readonly Missed Events = new();

    private Missed() { }
}
