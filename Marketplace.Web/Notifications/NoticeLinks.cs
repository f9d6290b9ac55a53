namespace Marketplace.Web.Notifications;

/// <summary>Where a notice leads, as a path of the site.</summary>
internal static class NoticeLinks
{
    /// <param name="seq">Of the message to show; without it, the room opens where its reader stopped.</param>
    public static string To(long? roomId, long? listingId, long? seq = null) =>
        roomId is null ? FormattableString.Invariant($"/listings/{listingId}")
        : seq is null ? FormattableString.Invariant($"/messages/{roomId}")
        : FormattableString.Invariant($"/messages/{roomId}?at={seq}");
}
