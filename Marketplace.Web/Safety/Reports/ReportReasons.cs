namespace Marketplace.Web.Safety.Reports;

public static class ReportReasons
{
    private static readonly ReportReason[] InTalk =
    [
        ReportReason.OutsidePayment,
        ReportReason.Scam,
        ReportReason.Threat,
        ReportReason.Offence,
        ReportReason.PersonalData,
        ReportReason.Spam,
    ];

    /// <summary>Those that fit what is reported, the gravest first.</summary>
    public static IReadOnlyList<ReportReason> Of(ReportKind kind) =>
        kind switch
        {
            ReportKind.Message => [.. InTalk, ReportReason.Other],
            ReportKind.Listing =>
            [
                ReportReason.Scam,
                ReportReason.Prohibited,
                ReportReason.Counterfeit,
                ReportReason.OutsidePayment,
                ReportReason.Offence,
                ReportReason.PersonalData,
                ReportReason.Spam,
                ReportReason.Other,
            ],
            ReportKind.Person => [.. InTalk, ReportReason.Impersonation, ReportReason.NoShow, ReportReason.Other],
            _ => [.. InTalk, ReportReason.NoShow, ReportReason.Other],
        };

    /// <summary>What would be reported where this rule is broken.</summary>
    public static ReportReason Reason(this HouseRule rule) =>
        rule switch
        {
            HouseRule.OutsidePayment => ReportReason.OutsidePayment,
            HouseRule.Fraud => ReportReason.Scam,
            HouseRule.Respect => ReportReason.Offence,
            HouseRule.Prohibited => ReportReason.Prohibited,
            HouseRule.Counterfeit => ReportReason.Counterfeit,
            HouseRule.Impersonation => ReportReason.Impersonation,
            HouseRule.PersonalData => ReportReason.PersonalData,
            HouseRule.Spam => ReportReason.Spam,
            HouseRule.Commitment => ReportReason.NoShow,
            _ => ReportReason.Other,
        };

    /// <summary>What can cost somebody money or safety comes first.</summary>
    public static ReportPriority Priority(this ReportReason reason) =>
        reason switch
        {
            ReportReason.OutsidePayment or ReportReason.Scam or ReportReason.Threat => ReportPriority.Urgent,
            ReportReason.Spam or ReportReason.NoShow or ReportReason.Other => ReportPriority.Normal,
            _ => ReportPriority.Medium,
        };
}
