using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>Bounds what people write into a deal.</summary>
internal static class DealInput
{
    /// <summary>The text key of what is wrong; null if nothing is.</summary>
    public static string? Problem(DealAct act) =>
        act switch
        {
            Propose { Meeting: var meeting } => Problem(meeting),
            Cancel cancel => !Enum.IsDefined(cancel.Reason)
                ? "Deal.WrongReason"
                : ShortText.Problem(cancel.Word, Answer.MaxWordLength),
            Say { Answer: var answer } => ShortText.Problem(answer.Word, Answer.MaxWordLength),
            _ => null,
        };

    /// <summary>As it is stored.</summary>
    public static DealAct Clean(DealAct act) =>
        act switch
        {
            Propose { Meeting: var meeting } => new Propose(
                meeting with
                {
                    Place = VisibleText.Line(meeting.Place),
                    Note = ShortText.Clean(meeting.Note),
                }
            ),
            Cancel cancel => cancel with { Word = ShortText.Clean(cancel.Word) },
            Say { Answer: var answer } => new Say(
                answer with
                {
                    IsNoShow = answer is { IsDone: false, IsNoShow: true },
                    Word = ShortText.Clean(answer.Word),
                }
            ),
            _ => act,
        };

    private static string? Problem(Meeting meeting) =>
        ShortText.Problem(meeting.Place, Meeting.MaxPlaceLength)
        ?? ShortText.Problem(meeting.Note, Meeting.MaxNoteLength)
        ?? (
            VisibleText.Line(meeting.Place).Length == 0 ? "Deal.NoPlace"
            : meeting.Zone.Length > 60
            || !TimeZoneInfo.TryFindSystemTimeZoneById(meeting.Zone, out var zone)
            || !zone.HasIanaId
                ? "Deal.WrongZone"
            : null
        );
}
