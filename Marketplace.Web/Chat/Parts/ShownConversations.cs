namespace Marketplace.Web.Chat.Parts;

/// <summary>Which conversations the list shows: a filter, or a listing of one's own.</summary>
public sealed record ShownConversations(InboxFilter Filter, long? ListingId);
