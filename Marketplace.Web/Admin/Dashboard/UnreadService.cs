using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>Compares the unread counts with the messages when an administrator asks for it; a repair is recorded.</summary>
public sealed class UnreadService(
    CurrentUser currentUser,
    UnreadChecker checker,
    AuditRecord record,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Begins a check, which goes on without the page. Null on success.</summary>
    /// <param name="repairs">Whether wrong counts are put right.</param>
    public async Task<Refusal?> StartAsync(bool repairs)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return new(RefusalKind.NotFound, texts["Unread.NotFound"]);
        if (repairs)
            await record.WriteAsync(me.Id, new(AuditAction.UnreadRepaired));
        return await checker.BeginAsync(repairs) ? null : new(RefusalKind.Conflict, texts["Unread.Running"]);
    }

    /// <summary>How far the check of this process is; null if there is none, and without permission.</summary>
    public async Task<UnreadProgress?> ProgressAsync() =>
        await currentUser.FindReaderOfRecordAsync() is null ? null : checker.Progress;
}
