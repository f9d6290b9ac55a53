using System.Globalization;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>How the messages of a transcript hold on to each other. Verifiers of other makes follow docs/operations.md.</summary>
public static class TranscriptChain
{
    public const string Format = "marketplace-transcript-1";

    /// <summary>What the first message holds on to.</summary>
    /// <param name="header">The text of the transcript before its messages.</param>
    public static string Begin(string header) => Convert.ToHexStringLower(FieldHash.Of(Format, header));

    /// <param name="previous">The hash of the message before, or of the beginning.</param>
    public static string Hash(TranscriptMessage message, string previous) =>
        Convert.ToHexStringLower(FieldHash.Of([.. Fields(message, previous)]));

    // Lists are preceded by their length, so that no two messages have the same fields.
    private static IEnumerable<string?> Fields(TranscriptMessage message, string previous) =>
        [
            Format,
            previous,
            Text(message.Seq),
            Text(message.Rev),
            message.Kind,
            message.ClientId.ToString(),
            Text(message.SenderId),
            message.Sender,
            .. Fields(message.SentAt),
            Text(message.ReplyTo),
            message.Body,
            .. Fields(message.EditedAt),
            .. Fields(message.DeletedAt),
            message.Moderation,
            Text(message.Earlier.Count),
            .. message.Earlier.SelectMany(one => (string?[])[one.Body, .. Fields(one.Until)]),
            Text(message.Pictures.Count),
            .. message.Pictures.SelectMany(one => (string?[])[one.File, one.Name, one.Sha256]),
            Text(message.Reactions.Count),
            .. message.Reactions.SelectMany(one => (string?[])[Text(one.PersonId), one.Sign]),
        ];

    private static string?[] Fields(TranscriptTime? time) => [time?.Utc, time?.Local];

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
