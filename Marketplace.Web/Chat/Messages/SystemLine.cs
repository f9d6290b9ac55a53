using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Messages;

internal static class SystemLine
{
    public static string Of(IStringLocalizer<ChatTexts> texts, MessageView message, string? buyer, Reader reader)
    {
        if (message.Deal is { } step)
            return DealSentence.Of(step, message.SenderName, reader is Reader.Mine);
        var key = $"Happened.{message.Kind}";
        return texts[reader == Reader.Buyer ? key : $"{key}.{reader}", message.SenderName, buyer ?? ""];
    }

    /// <summary>Until when, where, and in whose words; null if the sentence says all.</summary>
    public static string? More(IStringLocalizer<ChatTexts> texts, DealStep? step, ReaderClock clock) =>
        step switch
        {
            { Kind: DealStepKind.Said or DealStepKind.Disputed, Word: { } word } => $"“{VisibleText.Isolated(word)}”",
            { Reason: { } reason } => string.Join(
                " · ",
                new[] { texts[$"Cancel.{reason}"].Value, VisibleText.Isolated(step.Word) }.OfType<string>()
            ),
            { Meeting: { } meeting } => string.Join(
                " · ",
                new[]
                {
                    clock.When(meeting.At),
                    clock.Elsewhere(meeting.At, meeting.Zone),
                    VisibleText.Isolated(meeting.Place),
                    VisibleText.Isolated(meeting.Note),
                }.OfType<string>()
            ),
            { Until: { } until } => texts["Step.Until", clock.When(until)],
            _ => null,
        };

    public static string Sign(MessageView message) =>
        (message.Kind, message.Deal?.Kind) switch
        {
            (MessageKind.Released, _) or (_, DealStepKind.Cancelled or DealStepKind.ReservationEnded) => "unlock",
            (MessageKind.Reserved, _) or (_, DealStepKind.Held) => "lock",
            (
                _,
                DealStepKind.Proposed
                    or DealStepKind.Met
                    or DealStepKind.MeetingTomorrow
                    or DealStepKind.MeetingSoon
            ) => "calendar",
            (_, DealStepKind.Offered or DealStepKind.Countered or DealStepKind.OfferedAgain) => "tag",
            (_, null or DealStepKind.Accepted or DealStepKind.Sold) => "check",
            _ => "info",
        };

    /// <summary>The names match the suffixes of the text keys.</summary>
    public enum Reader
    {
        Buyer,
        Mine,
        Supervised,
    }
}
