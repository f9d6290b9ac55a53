namespace Marketplace.Web.Api;

/// <summary>A page of a list, and the cursor of the following one, or null if this is the last.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);
