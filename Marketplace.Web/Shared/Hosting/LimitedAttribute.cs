namespace Marketplace.Web.Shared.Hosting;

/// <summary>Limits how often a page is posted to, or an endpoint is called, from one address (RequestLimits).</summary>
/// <param name="name">The setting <c>Limits:{name}</c>: how many a minute, all of them at once if need be; 0: no limit.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitedAttribute(string name, int usual) : Attribute
{
    /// <summary>For searches, by address because visitors search too.</summary>
    public static readonly LimitedAttribute Search = new("Search", 600) { Looks = true };

    public string Name => name;
    public int Usual => usual;

    /// <summary>Whether looking counts too: a search costs more than a page.</summary>
    public bool Looks { get; init; }

    public bool Hashes { get; init; }
}
