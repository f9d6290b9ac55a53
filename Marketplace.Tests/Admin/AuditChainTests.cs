using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>The record holds together, and says where it does not.</summary>
public sealed class AuditChainTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person carla = default!;
    private long room;

    public AuditChainTests()
    {
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
        app.Settings["Audit:KeyFile"] = Path.Combine(app.Folder.FullName, "key.pem");
        app.Settings["Audit:Anchor"] = Anchor;
    }

    private string Anchor => Path.Combine(app.Folder.FullName, "elsewhere", "checkpoints.jsonl");

    public async Task InitializeAsync()
    {
        (ana, _, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Looks_acts_and_searches_make_one_chain_without_a_hole_even_at_once()
    {
        await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba");
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => carla.Supervision.RoomsAsync(new($"bici {i}"))));
        using var look = carla.LooksAt(room);
        await look.LoadAsync();
        Assert.Equal(new AuditVerdict(34, 0, null), await CheckAsync());
        await using var db = app.Look();
        Assert.Equal(
            Enumerable.Range(1, 34),
            await db.AuditEntries.OrderBy(e => e.Id).Select(e => (int)e.Number).ToListAsync()
        );
    }

    [Fact]
    public async Task Erasing_words_keeps_the_chain_whole_and_changing_them_does_not()
    {
        await ActsAsync(3);
        await DoAsync("DELETE FROM AuditTexts WHERE EntryId = (SELECT MIN(EntryId) FROM AuditTexts)");
        Assert.Null((await CheckAsync()).Broken);
        Assert.True((await carla.RecordAsync())[^1] is { HadText: true, Text: null });
        await DoAsync("UPDATE AuditTexts SET Text = 'otra cosa'");
        Assert.Contains("entry 2", (await CheckAsync()).Broken);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET RoomId = 7 WHERE Number = 2")]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 3")]
    [InlineData("INSERT OR REPLACE INTO AuditEntries SELECT * FROM AuditEntries WHERE Number = 1")]
    public async Task The_database_refuses_to_change_or_delete_an_entry(string change)
    {
        await ActsAsync(3);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => DoAsync(change));
        Assert.Contains("append-only", refused.Message);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET PersonId = 7 WHERE Number = 3", "entry 3")]
    [InlineData("UPDATE AuditEntries SET Action = 0 WHERE Number = 1", "entry 1")]
    [InlineData("UPDATE AuditEntries SET At = '2020-01-01 00:00:00' WHERE Number = 4", "entry 4")]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 2", "entry 2")]
    [InlineData(
        "UPDATE AuditEntries SET Number = CASE Number WHEN 2 THEN 3 ELSE 2 END WHERE Number IN (2, 3)",
        "entry 2"
    )]
    [InlineData("DELETE FROM AuditEntries WHERE Number > 3", "entry 4")]
    [InlineData(
        "INSERT INTO AuditEntries (AdministratorId, Action, At, Hash, IsRefused, Number) VALUES (1, 0, '2020-01-01', x'', 0, 0)",
        "entry 6"
    )]
    public async Task Whoever_gets_round_the_database_is_found_out_at_the_first_entry(string change, string where)
    {
        await ActsAsync(5);
        await GetRoundAsync(change);
        Assert.StartsWith(where, (await CheckAsync()).Broken);
    }

    [Fact]
    public async Task A_missing_tail_is_known_by_the_checkpoint_even_where_the_head_was_put_back()
    {
        await ActsAsync(5);
        await PassAsync(AuditCheckpoints.Apart);
        Assert.Equal(new AuditVerdict(5, 1, null), await CheckAsync());
        await GetRoundAsync("DELETE FROM AuditEntries WHERE Number > 3");
        await DoAsync("UPDATE AuditHeads SET Size = 3, Hash = (SELECT Hash FROM AuditEntries WHERE Number = 3)");
        Assert.StartsWith("entry 4: it and all after it are missing", (await CheckAsync()).Broken);
        // Going on from there does not hide it.
        await ActsAsync(4);
        Assert.StartsWith("entry 5: the checkpoint", (await CheckAsync()).Broken);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_or_without_sense_counts_for_nothing()
    {
        await ActsAsync(1);
        await PassAsync(AuditCheckpoints.Apart);
        var line = await File.ReadAllTextAsync(Anchor);
        await File.WriteAllTextAsync(Anchor, line.Replace("\"size\":1", "\"size\":2", StringComparison.Ordinal));
        Assert.StartsWith("checkpoint 1: it is not signed", (await CheckAsync()).Broken);
        await File.WriteAllTextAsync(Anchor, line + "nothing\n");
        Assert.StartsWith("checkpoint 2: it is not signed", (await CheckAsync()).Broken);
    }

    [Fact]
    public async Task Without_the_key_checkpoints_prove_nothing_and_none_is_made()
    {
        await ActsAsync(1);
        await PassAsync(AuditCheckpoints.Apart);
        File.Delete(app.Settings["Audit:KeyFile"]);
        Assert.StartsWith("checkpoint 1: there is no key", (await CheckAsync()).Broken);
        Assert.False(File.Exists(app.Settings["Audit:KeyFile"]));
    }

    [Fact]
    public async Task A_checkpoint_is_written_after_a_thousand_entries_or_a_quarter_of_an_hour_and_only_for_news()
    {
        await ActsAsync(2);
        await PassAsync(AuditCheckpoints.Apart);
        Assert.Single(await File.ReadAllLinesAsync(Anchor));
        await DoAsync("UPDATE AuditHeads SET Size = Size + 1000");
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [2, 1002],
            (await File.ReadAllLinesAsync(Anchor)).Select(line => AuditCheckpoint.Read(line)!.Size)
        );
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(app.Settings["Audit:KeyFile"])
            );
    }

    [Fact]
    public async Task What_was_recorded_before_there_was_a_chain_comes_first_in_it()
    {
        await DoAsync(
            "INSERT INTO AuditEntries (AdministratorId, Action, RoomId, At, Hash, IsRefused, Number) VALUES "
                + $"({carla.Id}, 0, {room}, '2026-01-01 10:00:00', x'', 0, 0), ({carla.Id}, 5, {room}, '2026-01-01 10:05:00', x'', 0, 0)"
        );
        await using var next = new MarketplaceApp { Folder = app.Folder, KeepsFolder = true };
        var again = await next.EnterAsync(carla.Id);
        await again.Supervision.PeopleAsync("bruno");
        Assert.Equal(new AuditVerdict(3, 0, null), await CheckAsync());
        Assert.Equal([3L, 2L, 1L], (await again.RecordAsync()).Select(entry => entry.Number));
    }

    private async Task ActsAsync(int times)
    {
        for (var i = 0; i < times; i++)
            await carla.Supervision.PeopleAsync($"bruno {i}");
    }

    private Task<AuditVerdict> CheckAsync() => app.Services.GetRequiredService<AuditCheck>().RunAsync();

    // The round of checkpoints runs on a thread of its own.
    private async Task PassAsync(TimeSpan time)
    {
        var before = File.Exists(Anchor) ? (await File.ReadAllLinesAsync(Anchor)).Length : 0;
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(time);
                return File.Exists(Anchor) && (await File.ReadAllLinesAsync(Anchor)).Length > before;
            },
            "a checkpoint is written"
        );
    }

    private async Task GetRoundAsync(string change)
    {
        foreach (var trigger in new[] { "AuditEntriesStand", "AuditEntriesStay", "AuditEntriesOnce" })
            await DoAsync($"DROP TRIGGER {trigger}");
        await DoAsync($"PRAGMA foreign_keys = OFF; {change}");
    }

    private async Task DoAsync(string sql)
    {
        await using var db = app.Look();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
