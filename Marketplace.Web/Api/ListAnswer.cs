namespace Marketplace.Web.Api;

/// <summary>A page of a list, and the cursor of the next one; null on the last page.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);
