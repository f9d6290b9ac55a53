namespace Marketplace.Web.Chat.Deals;

internal sealed record ScheduledStep(DateTime At, DealStepKind Kind);

/// <summary>How long things hold, and when the site reminds, asks and ends.</summary>
internal static class DealSchedule
{
    public static readonly TimeSpan Offer = TimeSpan.FromHours(48);

    /// <summary>Of an offer that was on hold, when the listing is free again.</summary>
    public static readonly TimeSpan Revived = TimeSpan.FromHours(24);
    public static readonly TimeSpan Reservation = TimeSpan.FromHours(72);

    /// <summary>How long a reservation lasts after the meeting.</summary>
    public static readonly TimeSpan AfterMeeting = TimeSpan.FromHours(24);

    private static readonly TimeSpan BeforeOffer = TimeSpan.FromHours(12);
    private static readonly TimeSpan BeforeReservation = TimeSpan.FromHours(24);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    /// <summary>In the order of their times.</summary>
    public static IEnumerable<ScheduledStep> Of(Deal deal) =>
        (deal.Stage, deal.Until, deal.Agreed) switch
        {
            (DealStage.Offered, { } until, _) =>
            [
                new(until - BeforeOffer, DealStepKind.OfferEnds),
                new(until, DealStepKind.Expired),
            ],
            (DealStage.Agreed, { } until, _) =>
            [
                new(until - BeforeReservation, DealStepKind.ReservationEnds),
                new(until, DealStepKind.ReservationEnded),
            ],
            (DealStage.Meeting, { } until, { At: var at }) =>
            [
                new(at - Day, DealStepKind.MeetingTomorrow),
                new(at - TwoHours, DealStepKind.MeetingSoon),
                new(at + TwoHours, DealStepKind.Asked),
                new(until, DealStepKind.ReservationEnded),
            ],
            _ => [],
        };
}
