using System.Text;

namespace Marketplace.Web.Admin.Evidence;

/// <param name="Broken">The first fault; null if the archive is whole.</param>
public sealed record TranscriptVerdict(TranscriptManifest? Manifest, string? Broken);

/// <summary>
/// Checks an archive offline: what it is made of, whose signature it bears, each message against the one before, the
/// last against what was signed, and each file.
/// </summary>
public static class TranscriptCheck
{
    public static async Task<TranscriptVerdict> RunAsync(Stream file, TranscriptKey key)
    {
        try
        {
            var (zip, fault) = await TranscriptZip.OpenAsync(file);
            using (zip)
                return zip is null ? new(null, fault) : await RunAsync(zip, key);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return new(null, "the archive is damaged: it cannot be unpacked");
        }
    }

    private static async Task<TranscriptVerdict> RunAsync(TranscriptZip zip, TranscriptKey key)
    {
        if (await zip.ManifestAsync() is not { Format: TranscriptManifest.Version } manifest)
            return new(null, $"{TranscriptManifest.Name}: it is missing, or no manifest of a transcript");
        var broken =
            key.Fault(manifest)
            ?? (zip.Stranger(manifest) is { } stranger ? $"{stranger}: the manifest does not know it" : null)
            ?? await TranscriptAsync(zip, manifest);
        foreach (var file in manifest.Files)
            broken ??= await zip.FaultAsync(file);
        return new(manifest, broken);
    }

    private static async Task<string?> TranscriptAsync(TranscriptZip zip, TranscriptManifest manifest)
    {
        if (manifest.Files.FirstOrDefault(file => file.Name == TranscriptForms.Json) is not { } file)
            return $"{TranscriptManifest.Name}: it knows no {TranscriptForms.Json}";
        if (await zip.OpenAsync(file) is not { } content)
            return $"{TranscriptForms.Json}: it is missing";
        using var lines = new TranscriptLines(new StreamReader(content, Encoding.UTF8));
        return await ChainAsync(lines, manifest);
    }

    private static async Task<string?> ChainAsync(TranscriptLines lines, TranscriptManifest manifest)
    {
        if (await lines.HeaderAsync() is not { } header || TranscriptChain.Begin(header) != manifest.Begin)
            return $"{TranscriptForms.Json}: what stands before the messages was changed";
        var (previous, expected) = (manifest.Begin, manifest.FirstSeq);
        for (; await lines.NextAsync() is { } line; expected++)
        {
            if (TranscriptJson.Read<TranscriptMessage>(line) is not { } message)
                return $"message {expected}: it cannot be read";
            if (message.Seq != expected)
                return await MissingAsync(lines, expected, message.Seq);
            if (message.Hash != TranscriptChain.Hash(message, previous))
                return $"message {expected}: it does not match its hash: it was changed";
            previous = message.Hash;
        }
        return Tail(manifest, expected - 1, previous);
    }

    private static async Task<string> MissingAsync(TranscriptLines lines, long expected, long found)
    {
        if (found < expected)
            return $"message {found}: it comes again after {expected - 1}: the order was changed";
        while (await lines.NextAsync() is { } line)
            if (TranscriptJson.Read<TranscriptMessage>(line)?.Seq == expected)
                return $"message {expected}: it comes after {found}: the order was changed";
        return $"message {expected}: it is missing; {found} comes next";
    }

    private static string? Tail(TranscriptManifest manifest, long last, string head) =>
        last < manifest.LastSeq
            ? $"message {last + 1}: it and all after it are missing; the manifest goes to {manifest.LastSeq}"
        : last > manifest.LastSeq
            ? $"message {manifest.LastSeq + 1}: it and all after it were added; the manifest goes to {manifest.LastSeq}"
        : head != manifest.Head
            ? $"message {last}: it is not the last one that was signed: messages were changed with their hashes"
        : null;
}
