namespace Marketplace.Web.Accounts.Credentials;

/// <summary>Opens a page only after a recent proof: a session left open or stolen changes no account.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute
{
    /// <summary>Whether the page opens without one, and only what it sends needs it.</summary>
    public bool MayLook { get; init; }

    /// <summary>The page to go on with, where the endpoint itself is none.</summary>
    public string? Page { get; init; }
}
