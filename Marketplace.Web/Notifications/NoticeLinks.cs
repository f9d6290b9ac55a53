using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Notifications;

/// <summary>Where a notice leads, as a path of the site.</summary>
internal static class NoticeLinks
{
    /// <param name="seq">Of the message to show; without it, the room opens where its reader stopped.</param>
    public static string To(NoticeKind kind, long? roomId, long? listingId, string? data, long? seq = null) =>
        (roomId ?? NoticeAct.Read(kind, data)?.Room, listingId, seq) switch
        {
            ({ } room, _, null) => FormattableString.Invariant($"/messages/{room}"),
            ({ } room, _, { } message) => FormattableString.Invariant($"/messages/{room}?at={message}"),
            (null, { } listing, _) => FormattableString.Invariant($"/listings/{listing}"),
            _ => kind switch
            {
                NoticeKind.AdministratorGranted => "/admin",
                NoticeKind.AuditorGranted => "/admin/audit",
                NoticeKind.ArchiveReady or NoticeKind.ArchiveFailed => "/account/manage/data",
                NoticeKind.ReportDecided or NoticeKind.Decided when ReportNotice.Read(data) is { Report: var report } =>
                    FormattableString.Invariant($"/reports/{report}"),
                _ => "/notifications",
            },
        };
}
