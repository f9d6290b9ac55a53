using System.IO.Compression;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat;
using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Accounts;

/// <summary>A person takes their data away.</summary>
public sealed class ArchiveTests : LeavingTests
{
    [Fact]
    public async Task A_person_downloads_all_that_is_theirs_and_nothing_of_others()
    {
        var dora = await Site.App.JoinAsync("Dora");
        await dora.SaysAsync(await dora.ContactsAsync(Bike), "Solo para Ana");
        using var browser = await SignInAsync(Bruno);
        var picture = await browser.PostPictureAsync(Pictures.Jpeg);
        picture.EnsureSuccessStatusCode();
        using var zip = await ArchiveAsync(browser);
        Assert.Equal(Bruno.Email, (await ReadAsync(zip, "account.json")).GetProperty("email").GetString());
        Assert.Equal(2, zip.Entries.Count(entry => entry.FullName.StartsWith("pictures/")));
        var conversation = Assert.Single((await ReadAsync(zip, "conversations.json")).EnumerateArray());
        Assert.Equal("Ana", conversation.GetProperty("with").GetString());
        var messages = (await ReadAsync(zip, $"conversations/{Room}.json")).EnumerateArray().ToList();
        Assert.Equal("¿Sigue a la venta?", messages[0].GetProperty("body").GetString());
        Assert.EndsWith("Z", messages[0].GetProperty("sentAt").GetString());
        Assert.Equal(2, messages.Count);
        Assert.DoesNotContain(zip.Entries, entry => Text(entry).Contains("Solo para Ana"));
    }

    [Fact]
    public async Task How_and_of_what_a_person_is_told_is_theirs_but_not_what_sends_to_their_devices()
    {
        await HearAsync(Bruno);
        using var browser = await SignInAsync(Bruno);
        using var zip = await ArchiveAsync(browser);
        var settings = await ReadAsync(zip, "notification-settings.json");
        Assert.Equal("friday, saturday", settings.GetProperty("quietDays").GetString());
        Assert.Equal("22:30:00", settings.GetProperty("quietFrom").GetString());
        var device = Assert.Single((await ReadAsync(zip, "notification-devices.json")).EnumerateArray());
        Assert.Equal("Chrome · Android", device.GetProperty("name").GetString());
        var notice = Assert.Single((await ReadAsync(zip, "notifications.json")).EnumerateArray());
        Assert.Equal(
            ("message", Room, 2),
            (
                notice.GetProperty("kind").GetString(),
                notice.GetProperty("roomId").GetInt64(),
                notice.GetProperty("seq").GetInt64()
            )
        );
        Assert.DoesNotContain(zip.Entries, entry => Text(entry).Contains("secreto") || Text(entry).Contains("llave"));
    }

    [Fact]
    public async Task What_the_administration_hides_is_marked_and_only_what_its_author_deleted_is_deleted()
    {
        var carla = await Site.App.JoinAsync("Carla", administrator: true);
        await Bruno.SaysAsync(Room, "Uno");
        await Bruno.SaysAsync(Room, "Llámame al 612");
        await Bruno.SaysAsync(Room, "Tres");
        var last = (await Bruno.Chat.HistoryAsync(Room, new())).Value![^1].Seq;
        foreach (
            var (seq, outcome) in new[]
            {
                (last - 2, ReportOutcome.MessageHidden),
                (last - 1, ReportOutcome.TextMasked),
            }
        )
        {
            var verdict = Verdict.OnOwnInitiative(outcome, HouseRule.Spam, "Así no.", part: "612")!;
            Assert.True(
                (await carla.Get<CaseService>().ActAsync(new(ReportKind.Message, Room, seq), verdict)).Succeeded
            );
        }
        Assert.True((await Bruno.Get<MessageService>().DeleteAsync(Room, last)).Succeeded);
        using var browser = await SignInAsync(Bruno);
        using var zip = await ArchiveAsync(browser);
        var messages = (await ReadAsync(zip, $"conversations/{Room}.json")).EnumerateArray().ToList();
        Assert.Equal(
            [("spam", null, false), (null, "spam", false), (null, null, true)],
            messages[^3..]
                .Select(one =>
                    (
                        one.GetProperty("hidden").GetString(),
                        one.GetProperty("masked").GetString(),
                        one.GetProperty("deletedAt").ValueKind is JsonValueKind.String
                    )
                )
        );
    }

    [Fact]
    public async Task Whom_a_person_blocks_is_theirs_and_who_blocks_them_is_not()
    {
        await Bruno.Get<BlockService>().BlockAsync(Ana.Id);
        await Ana.Get<BlockService>().BlockAsync(Bruno.Id);
        using var browser = await SignInAsync(Bruno);
        using var zip = await ArchiveAsync(browser);
        var block = Assert.Single((await ReadAsync(zip, "blocks.json")).EnumerateArray());
        Assert.Equal("Ana", block.GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_person_reported_is_theirs_and_who_reported_them_is_not()
    {
        await Bruno.Get<ReportService>().ReportAsync(new(ReportKind.Room, Room), ReportReason.NoShow, "No vino");
        await Ana.Get<ReportService>().ReportAsync(new(ReportKind.Room, Room), ReportReason.Scam, "Cuidado");
        using var browser = await SignInAsync(Bruno);
        using var zip = await ArchiveAsync(browser);
        var report = Assert.Single((await ReadAsync(zip, "reports.json")).EnumerateArray());
        Assert.Equal("No vino", report.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_picture_that_is_gone_meanwhile_spoils_no_archive()
    {
        using var browser = await SignInAsync(Bruno);
        (await browser.PostPictureAsync(Pictures.Jpeg)).EnsureSuccessStatusCode();
        await using var db = await DatabaseAsync();
        var gone = await db.Files.FirstAsync(file => file.OwnerId == Bruno.Id);
        File.Delete(Path.Combine(Site.App.Folder.FullName, "files", $"{gone.Name:N}"));
        using var zip = await ArchiveAsync(browser);
        Assert.Single(zip.Entries, entry => entry.FullName.StartsWith("pictures/"));
        Assert.NotNull(zip.GetEntry("notifications.json"));
    }

    private static async Task<JsonElement> ReadAsync(ZipArchive zip, string name)
    {
        await using var entry = zip.GetEntry(name)!.Open();
        return (await JsonDocument.ParseAsync(entry)).RootElement;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
