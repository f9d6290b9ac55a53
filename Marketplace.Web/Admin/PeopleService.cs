using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

public sealed class PeopleService(
    CurrentUser currentUser,
    PersonChanges changes,
    AuditRecord record,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Whether the action needs a fresh proof: who steals an open page must not make more administrators.</summary>
    public static bool NeedsProof(AuditAction action) => Change(action) is { Granted: true };

    /// <summary>Acts, records it and tells the person, or none of it. Null on success, a conflict if it is so already.</summary>
    /// <param name="words">Why, for the record.</param>
    public async Task<Refusal?> ActAsync(long personId, AuditAction action, string? words)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        var why = VisibleText.Begin(VisibleText.Line(words), Look.MaxTextLength);
        if (why.Length == 0)
            return new Refusal(RefusalKind.Invalid, texts["Act.Say"]);
        if (await WhyNotAsync(administrator.Id, personId, action) is { } refusal)
        {
            await record.WriteAsync(administrator.Id, new(action, PersonId: personId) { IsRefused = true, Text = why });
            return refusal;
        }
        return await changes.DoAsync(administrator.Id, personId, action, why: why);
    }

    private async Task<Refusal?> WhyNotAsync(long administratorId, long personId, AuditAction action) =>
        personId == administratorId ? new Refusal(RefusalKind.Forbidden, texts["People.Self"])
        : NeedsProof(action) && !await currentUser.IsProvedAsync()
            ? new Refusal(RefusalKind.Unproved, texts["People.Unproved"])
        : null;

    internal static (string Role, bool Granted)? Change(AuditAction action) =>
        action switch
        {
            AuditAction.AdministratorGranted => (Roles.Administrator, true),
            AuditAction.AdministratorRevoked => (Roles.Administrator, false),
            AuditAction.AuditorGranted => (Roles.Auditor, true),
            AuditAction.AuditorRevoked => (Roles.Auditor, false),
            _ => null,
        };
}
