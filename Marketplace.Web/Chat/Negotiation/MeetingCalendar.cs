using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>
/// A meeting as an iCalendar file (RFC 5545). The UID stays the same for a room and the SEQUENCE rises, so that a calendar
/// which has the entry changes it, or cancels it.
/// </summary>
internal static class MeetingCalendar
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    public static string Of(
        IStringLocalizer<ChatTexts> texts,
        RoomView room,
        Meeting meeting,
        long reader,
        DateTime now
    )
    {
        var isOff = room.Deal.Stage is not (DealStage.Meeting or DealStage.Sold);
        var entry = new CalendarEvent
        {
            Uid = FormattableString.Invariant($"meeting-{room.Id}@marketplace"),
            Sequence = room.Deal.MeetingChanges,
            DtStamp = new CalDateTime(now),
            Start = new CalDateTime(meeting.At),
            End = new CalDateTime(meeting.At + Length),
            Summary = texts["Meeting.Summary", room.Title, room.Other(reader).Name],
            Location = meeting.Place,
            Description = string.Join(
                "\n",
                new[]
                {
                    meeting.Note,
                    texts["Meeting.Description", Money.Show(room.Deal.Price, room.Currency)].Value,
                }.OfType<string>()
            ),
            Status = isOff ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
        var calendar = new Calendar { Method = isOff ? CalendarMethods.Cancel : CalendarMethods.Publish };
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }
}
