namespace Marketplace.Web.Chat.Inbox;

/// <summary>Which conversations the list shows: a filter, or a listing of one's own.</summary>
public sealed record InboxScope(InboxFilter Filter, long? ListingId);
