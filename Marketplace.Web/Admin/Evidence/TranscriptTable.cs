using System.Globalization;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>The messages as CSV; the columns have the names of the JSON.</summary>
internal static class TranscriptTable
{
    public static readonly string Titles = Csv.Line(
        "seq",
        "rev",
        "kind",
        "senderId",
        "sender",
        "sentAt.utc",
        "sentAt.local",
        "replyTo",
        "body",
        "editedAt.utc",
        "deletedAt.utc",
        "moderation",
        "earlier",
        "pictures",
        "reactions",
        "hash"
    );

    public static string Line(TranscriptMessage message) =>
        Csv.Line(
            Text(message.Seq),
            Text(message.Rev),
            message.Kind,
            Text(message.SenderId),
            message.Sender,
            message.SentAt.Utc,
            message.SentAt.Local,
            Text(message.ReplyTo),
            message.Body,
            message.EditedAt?.Utc,
            message.DeletedAt?.Utc,
            message.Moderation,
            string.Join('\n', message.Earlier.Select(one => $"[{one.Until.Utc}] {one.Body}")),
            string.Join('\n', message.Pictures.Select(one => one.Name ?? one.File)),
            string.Join('\n', message.Reactions.Select(one => $"{Text(one.PersonId)} {one.Sign}")),
            message.Hash
        );

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
