using System.Buffers.Binary;
using System.Text;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;

namespace Marketplace.Tests.Admin.Evidence;

/// <summary>Whoever changes an export is found out, and the verifier says what they changed.</summary>
public sealed class TranscriptCheckTests(ExportedRoom exported) : IClassFixture<ExportedRoom>
{
    [Fact]
    public async Task An_untouched_archive_is_whole()
    {
        var (manifest, broken) = await VerdictAsync(exported.Archive);
        Assert.Null(broken);
        Assert.Equal((6L, 1L, 6L, exported.Room), (manifest!.Size, manifest.FirstSeq, manifest.LastSeq, manifest.Room));
    }

    [Fact]
    public async Task A_changed_letter_is_found_in_a_text_an_earlier_text_or_a_time()
    {
        await FindsAsync("message 3: it does not match its hash", Changed("en 150 €", "en 151 €"));
        await FindsAsync("message 3: it does not match its hash", Changed("en 170 €", "en 171 €"));
        await FindsAsync("message 4: it does not match its hash", Changed("Bizum", "bizum"));
        await FindsAsync("message 1: it does not match its hash", Changed("\\uDC4D", "\\uDC4E"));
        await FindsAsync("message 5: it cannot be read", Changed("\"seq\":5", "\"seq\":5,\"seq\":5"));
        await FindsAsync("message 5: it cannot be read", Changed("\"seq\":5", "\"also\":1,\"seq\":5"));
        await FindsAsync("transcript.json: what stands before", Changed("\"name\":\"Ana\"", "\"name\":\"Eva\""));
    }

    [Fact]
    public async Task Another_order_a_hole_and_a_missing_end_are_told_apart()
    {
        var swapped = exported.WithMessages(all => [all[0], all[1], all[3], all[2], .. all[4..]]);
        await FindsAsync("message 3: it comes after 4: the order was changed", swapped);
        await FindsAsync("message 2: it comes again", exported.WithMessages(all => [.. all[..2], all[1], .. all[2..]]));
        await FindsAsync("message 3: it is missing; 4", exported.WithMessages(all => [.. all[..2], .. all[3..]]));
        await FindsAsync("message 5: it and all after it are missing", exported.WithMessages(all => all[..4]));
        await FindsAsync("message 1: it and all after it are missing", exported.WithMessages(_ => []));
    }

    [Fact]
    public async Task Hashes_made_anew_do_not_help_without_the_key()
    {
        var forged = exported.WithMessages(all => Rehashed(all, "en 150 €", "en 50 €"));
        await FindsAsync("message 6: it is not the last one that was signed", forged);
        var cut = exported.With("manifest.json", text => text.Replace("\"lastSeq\":6", "\"lastSeq\":4"));
        await FindsAsync("manifest.json: its signature does not match", cut);
        await FindsAsync("manifest.json: it is missing", exported.With("manifest.json", _ => null));
    }

    [Fact]
    public async Task Each_file_is_signed_and_one_more_is_none_of_ours()
    {
        await FindsAsync("transcript.html: it was changed", exported.With("transcript.html", text => text + " "));
        await FindsAsync(
            "messages.csv: it was changed",
            exported.With("messages.csv", text => text.Replace("No.", "Sí."))
        );
        await FindsAsync("messages.csv: it is missing", exported.With("messages.csv", _ => null));
        var files = (await VerdictAsync(exported.Archive)).Manifest!.Files.Select(file => file.Name);
        var picture = files.Single(name => name.StartsWith("pictures/"));
        await FindsAsync($"{picture}: it was changed", exported.With(picture, text => text[..^1] + "?"));
        await FindsAsync("pictures/evil.png: the manifest", exported.With("pictures/evil.png", [1]));
        await FindsAsync("messages.csv: it is in the archive twice", exported.With("messages.csv", [1]));
        await FindsAsync("../../etc/passwd: no archive", exported.With("../../etc/passwd", [1]));
    }

    [Fact]
    public async Task Another_key_is_called_a_wrong_key_whoever_signed_with_it()
    {
        using var other = new SigningKey(
            new(Path.Combine(exported.App.Folder.FullName, "other.pem"), new(null, null), ShowsLooks: true)
        );
        var mine = TranscriptJson.Read<TranscriptManifest>(ExportedRoom.Text(exported.Archive, "manifest.json"))!;
        var forged = exported.With("manifest.json", _ => TranscriptJson.Line(mine.SignedBy(other)));
        await FindsAsync("wrong key: it is signed by", forged);
        var stolen = mine.SignedBy(other) with { PublicKey = mine.PublicKey, Key = mine.Key };
        await FindsAsync(
            "manifest.json: its signature",
            exported.With("manifest.json", _ => TranscriptJson.Line(stolen))
        );
        using var file = new MemoryStream(exported.Archive);
        var broken = (await TranscriptCheck.RunAsync(file, new(other.Fingerprint))).Broken;
        Assert.StartsWith($"wrong key: it is signed by {exported.Signing.Fingerprint}, not by", broken);
    }

    [Fact]
    public void The_key_is_a_file_or_a_fingerprint_and_never_made()
    {
        var settings = new AuditSettings(exported.App.Settings["Audit:KeyFile"], new(null, null), ShowsLooks: true);
        Assert.Equal(exported.Key, TranscriptKey.Find(null, settings));
        Assert.Equal(exported.Key, TranscriptKey.Find(exported.Key.Fingerprint.ToUpperInvariant(), settings));
        var elsewhere = Path.Combine(exported.App.Folder.FullName, "none.pem");
        Assert.Null(TranscriptKey.Find(null, settings with { KeyFile = elsewhere }));
        Assert.Null(TranscriptKey.Find("abc", settings));
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public async Task What_unpacks_to_a_mountain_is_read_no_further_than_was_signed()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var bomb = exported.With("transcript.json", _ => new string(' ', 50_000_000));
        var packed = GC.GetTotalAllocatedBytes(precise: true);
        await FindsAsync("transcript.json: what stands before", bomb);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - packed, 0, 5_000_000);
        Assert.True(packed > before);
    }

    [Fact]
    public async Task What_is_no_archive_is_refused_before_its_list_is_read()
    {
        await FindsAsync("the file is no archive", []);
        await FindsAsync("the file is no archive", Encoding.ASCII.GetBytes(new string('x', 1000)));
        await FindsAsync("the file is no archive", exported.Archive[..^1]);
        await FindsAsync("the file is no archive", [.. exported.Archive, 0]);
        var list = new byte[17 * 1024 * 1024];
        exported.Archive[^22..].CopyTo(list, list.Length - 22);
        BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan(list.Length - 6), 0);
        await FindsAsync("the file is no archive", list);
        var damaged = exported.Archive.ToArray();
        damaged.AsSpan(0, damaged.Length - 22).Fill(7);
        await FindsAsync("the archive is damaged", damaged);
    }

    private byte[] Changed(string from, string to) =>
        exported.With(
            "transcript.json",
            text =>
            {
                Assert.Contains(from, text);
                return text.Replace(from, to);
            }
        );

    private IEnumerable<string> Rehashed(List<string> lines, string from, string to)
    {
        var json = ExportedRoom.Text(exported.Archive, "transcript.json");
        var previous = TranscriptChain.Begin(json.Split('\n')[0][..^TranscriptJson.BeforeMessages.Length]);
        foreach (var line in lines)
        {
            var message = TranscriptJson.Read<TranscriptMessage>(line.Replace(from, to))!;
            previous = TranscriptChain.Hash(message, previous);
            yield return TranscriptJson.Line(message with { Hash = previous });
        }
    }

    private async Task FindsAsync(string expected, byte[] archive) =>
        Assert.StartsWith(expected, (await VerdictAsync(archive)).Broken);

    private async Task<TranscriptVerdict> VerdictAsync(byte[] archive)
    {
        using var file = new MemoryStream(archive);
        return await TranscriptCheck.RunAsync(file, exported.Key);
    }
}
