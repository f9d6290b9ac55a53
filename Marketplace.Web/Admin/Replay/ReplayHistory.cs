using Marketplace.Web.Chat.Messages;

namespace Marketplace.Web.Admin.Replay;

/// <summary>
/// What happened to a message, as far as it is kept. A text that was purged is null; what was hidden and shown again left
/// no trace here.
/// </summary>
public static class ReplayHistory
{
    /// <param name="versions">The oldest first.</param>
    public static IEnumerable<ReplayEvent> Of(MessageView message, IReadOnlyList<ReplayVersion> versions)
    {
        yield return new(message.SentAt, message.Seq, ReplayStep.Said, First(message, versions));
        foreach (var (index, version) in versions.Index())
            if (message.DeletedAt is null || version.Until < message.DeletedAt)
                yield return new(
                    version.Until,
                    message.Seq,
                    version.IsModerated ? ReplayStep.Masked : ReplayStep.Edited,
                    index + 1 < versions.Count ? versions[index + 1].Body : message.Body
                );
        if (message is { EditedAt: { } edited, DeletedAt: null } && versions.Count == 0)
            yield return new(edited, message.Seq, ReplayStep.Edited, message.Body);
        if (message.DeletedAt is { } gone)
            yield return new(gone, message.Seq, message.Hidden is null ? ReplayStep.Deleted : ReplayStep.Hidden, null);
    }

    private static string? First(MessageView message, IReadOnlyList<ReplayVersion> versions) =>
        versions is [var first, ..] ? first.Body
        : message is { EditedAt: null, DeletedAt: null } ? message.Body
        : null;
}
