using static Marketplace.Web.Safety.Rules.DemandClues;
using static Marketplace.Web.Safety.Rules.PromiseClues;

namespace Marketplace.Web.Safety.Rules;

/// <summary>The rules about words, over <see cref="ReadableText"/>: no accents, n for ñ.</summary>
internal static class Phrases
{
    private const SafetySeverity Notice = SafetySeverity.Notice;
    private const SafetySeverity Warning = SafetySeverity.Warning;
    private const SafetySeverity Danger = SafetySeverity.Danger;

    public static IReadOnlyList<Phrase> All { get; } =
    [
        new(SafetyRule.BizumRequest, Danger, Bizum, Accept, GetMoney) { Unless = IAccept },
        new(SafetyRule.BizumRequest, Danger, Bizum, Accept, Gain) { Unless = IAccept },
        new(SafetyRule.BizumRequest, Danger, Bizum, PressAccept, GetMoney) { Unless = IAccept },
        new(SafetyRule.BizumRequest, Danger, Bizum, Accept, YourBank) { Unless = IAccept, When = FromBuyer },
        new(SafetyRule.BizumRequest, Danger, Bizum, PressAccept) { Unless = IAccept, When = FromBuyer },
        new(SafetyRule.BizumRequest, Danger, Bizum, Accept, Reminder, SendsYou) { Unless = IAccept, When = FromBuyer },
        new(SafetyRule.BizumRequest, Danger, Bizum, Request, SendsYou) { Unless = IAccept, When = FromBuyer },
        new(SafetyRule.FalseSale, Warning, AsksEmail, Paid),
        new(SafetyRule.MovesAway, Notice, Elsewhere) { Unless = StaysHere, When = IsFirstOfNewAccount },
        new(SafetyRule.CourierPayment, Danger, HandsOverCard) { Unless = OtherCard },
        new(SafetyRule.CourierPayment, Danger, Courier, CardData) { Unless = OtherCard },
        new(SafetyRule.CourierPayment, Danger, Courier, PayLink, GetMoney),
        new(SafetyRule.CourierPayment, Danger, Courier, Fee, GetMoney),
        new(SafetyRule.PrepaidCard, Danger, Voucher),
        new(SafetyRule.PrepaidCard, Danger, GiftCard, AsMoney) { Unless = GiftCardForSale },
        new(SafetyRule.FalseName, Danger, Authority, Claims) { Unless = TellsOfIt },
        new(SafetyRule.Overpayment, Warning, TooMuch, GiveBack),
        new(SafetyRule.Pressure, Warning, PayUp, OrElse) { Unless = NoHurry },
        new(SafetyRule.Pressure, Notice, PayUp, Hurry) { Unless = NoHurry },
    ];

    private static bool FromBuyer(SafetyContext context) => context.FromBuyer;

    private static bool IsFirstOfNewAccount(SafetyContext context) =>
        context is { IsFirstContact: true, IsNewAccount: true };
}
