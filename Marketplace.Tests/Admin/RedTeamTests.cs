using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Safety.Reports;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>An administrator who wants to look without a trace, act on themselves, or change what is recorded.</summary>
public sealed class RedTeamTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public RedTeamTests()
    {
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
        app.Settings["Audit:KeyFile"] = Path.Combine(app.Folder.FullName, "key.pem");
        app.Settings["Audit:Anchor"] = Anchor;
    }

    private string Anchor => Path.Combine(app.Folder.FullName, "elsewhere", "checkpoints.jsonl");

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Nos vemos en la plaza");
        (carla, olga) = (
            await app.JoinAsync("Carla", administrator: true),
            await app.JoinAsync("Olga", administrator: true)
        );
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Sixteen_ways_to_look_act_and_forget_fail_or_are_seen()
    {
        // 1, 2: without a reason, and with one that says nothing.
        Assert.Null(Look.For((LookReason)99, "x"));
        Assert.Null(Look.For(LookReason.Other, " "));
        // 3: the page of a room shows nothing before the reason.
        using var browser = await SiteClient.SignedInAsync(app, carla);
        Assert.DoesNotContain("plaza", await browser.GetStringAsync($"/admin/rooms/{room}"));
        // 4, 5: the API and the hub know members only.
        using var program = await carla.ClientAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/rooms/{room}/messages")).StatusCode);
        Assert.NotNull((await carla.Chat.HistoryAsync(room, new MessageRange())).Refusal);
        // 6: an export without having opened the room, nor a token of its form.
        var export = await browser.PostAsync($"/admin/rooms/{room}/transcript", new FormUrlEncodedContent([]));
        Assert.True(export.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{export.StatusCode}");
        // 7: a search in messages leaves who, what, why, and in which room.
        var look = Look.For(LookReason.Fraud, null)!;
        Assert.Single((await carla.Get<MessageSearchService>().FindAsync(look, "plaza")).Rows);
        Assert.Equal(
            [AuditAction.MessageFound, AuditAction.MessagesSearched],
            (await olga.RecordAsync()).Take(2).Select(entry => entry.Action)
        );
        // 8: who is looked at knows it.
        Assert.Single((await ana.Chat.LooksAsync(room))!);
        // 9: without a record there is no look.
        await SqlAsync("ALTER TABLE AuditEntries RENAME TO Elsewhere");
        await Assert.ThrowsAnyAsync<Exception>(() => carla.Get<MessageSearchService>().FindAsync(look, "plaza"));
        using (var blind = carla.LooksAt(room))
            await Assert.ThrowsAnyAsync<Exception>(() => blind.LoadAsync());
        await SqlAsync("ALTER TABLE Elsewhere RENAME TO AuditEntries");
        // 10: on oneself.
        var self = await carla.Get<CaseService>().ActAsync(new(ReportKind.Person, PersonId: carla.Id), Warning);
        Assert.NotNull(self.Refusal);
        Assert.NotNull(await carla.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "x"));
        // 11: somebody else's report.
        var report = await ReportAsync();
        Assert.True((await olga.Get<ReportReviewService>().TakeAsync(report)).Succeeded);
        Assert.NotNull((await carla.Get<ReportReviewService>().TakeAsync(report)).Refusal);
        Assert.NotNull(
            await carla
                .Get<ReportReviewService>()
                .DecideAsync(report, Verdict.For(ReportOutcome.NoInfringement, null, "No", null)!)
        );
        // 12: the refused attempts are in the record too.
        Assert.True((await olga.RecordAsync()).Count(entry => entry.IsRefused && entry.Administrator == "Carla") >= 3);
        // 13, 14: by SQL, the record neither changes nor shrinks.
        await Assert.ThrowsAsync<SqliteException>(() => SqlAsync("UPDATE AuditEntries SET AdministratorId = 1"));
        await Assert.ThrowsAsync<SqliteException>(() => SqlAsync("DELETE FROM AuditEntries WHERE Id = 1"));
        // 15: yesterday's file in the place of today's: the checkpoint elsewhere knows more entries.
        var yesterday = (await CheckAsync()).Size;
        await carla.Supervision.PeopleAsync("bruno");
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(AuditCheckpoints.Apart);
                return Task.FromResult(
                    File.Exists(Anchor) && File.ReadAllText(Anchor).Contains($"\"size\":{yesterday + 1}")
                );
            },
            "the checkpoint is written"
        );
        await SqlAsync("DROP TRIGGER AuditEntriesStay");
        await SqlAsync($"DELETE FROM AuditEntries WHERE Number > {yesterday}");
        await SqlAsync(
            $"UPDATE AuditHeads SET Size = {yesterday}, Hash = (SELECT Hash FROM AuditEntries WHERE Number = {yesterday})"
        );
        Assert.StartsWith($"entry {yesterday + 1}: it and all after it are missing", (await CheckAsync()).Broken);
        // 16: with the triggers gone, an entry is changed: the chain names it.
        await SqlAsync("DROP TRIGGER AuditEntriesStand");
        await SqlAsync("UPDATE AuditEntries SET RoomId = NULL WHERE Number = 2");
        Assert.StartsWith("entry 2 ", (await CheckAsync()).Broken);
    }

    private static Verdict Warning => Verdict.OnOwnInitiative(ReportOutcome.Warning, HouseRule.Spam, "No")!;

    private async Task<long> ReportAsync() =>
        (await bruno.Get<ReportService>().ReportAsync(new(ReportKind.Room, room), ReportReason.Spam, null)).Value!.Id;

    private Task<AuditVerdict> CheckAsync() => app.Services.GetRequiredService<AuditCheck>().RunAsync();

    private async Task SqlAsync(string sql)
    {
        await using var db = app.Look();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
