using System.Text;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>The agreed meeting of a room as a file for calendars.</summary>
internal static class MeetingEndpoint
{
    public static string Address(long roomId) => FormattableString.Invariant($"/messages/{roomId}/meeting.ics");

    public static async Task<IResult> GetAsync(long roomId, HttpContext http, DealService deals)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await deals.CalendarAsync(roomId) is { } calendar
            ? TypedResults.File(Encoding.UTF8.GetBytes(calendar), "text/calendar", $"meeting-{roomId}.ics")
            : TypedResults.NotFound();
    }
}
