namespace Marketplace.Web.Accounts.Credentials;

/// <summary>Opens a page only after a recent proof: a session left open or stolen changes no account.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute;
