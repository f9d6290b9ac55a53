namespace Marketplace.Web.Chat.Inbox;

public sealed record InboxScope(InboxFilter Filter, long? ListingId);
