using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>The beginning of the record can be taken away, and nothing else.</summary>
public sealed class AuditCutTests : IAsyncLifetime
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person carla = default!;
    private long room;

    public AuditCutTests()
    {
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
        app.Settings["Audit:KeyFile"] = Path.Combine(app.Folder.FullName, "key.pem");
        app.Settings["Audit:Anchor"] = Anchor;
    }

    private string Anchor => Path.Combine(app.Folder.FullName, "checkpoints.jsonl");

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task InitializeAsync()
    {
        (_, _, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        await ActsAsync(3);
        clock.Set(Year);
        carla = await app.EnterAsync(carla.Id);
        await ActsAsync(2);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task What_is_old_goes_and_the_rest_is_whole_and_goes_on()
    {
        Assert.Equal(3, await CutAsync(Now.AddDays(-1)));
        Assert.Equal(new AuditVerdict(5, 0, null, Cut: 3), await CheckAsync());
        await ActsAsync(1);
        Assert.Equal(new AuditVerdict(6, 0, null, Cut: 3), await CheckAsync());
        Assert.Equal(0, await CutAsync(Now.AddDays(-1)));
        Assert.Equal(3, (await carla.Get<AuditService>().CutAsync())!.Number);
        Assert.Null(await (await app.JoinAsync("Dora")).Get<AuditService>().CutAsync());
        await using var db = app.Look();
        Assert.Equal(3, await db.AuditTexts.CountAsync());
    }

    [Fact]
    public async Task All_of_it_can_go_and_the_next_entry_stands_on_the_cut()
    {
        Assert.Equal(5, await CutAsync(Now.AddDays(1)));
        Assert.Equal(new AuditVerdict(5, 0, null, Cut: 5), await CheckAsync());
        await ActsAsync(1);
        Assert.Equal(new AuditVerdict(6, 0, null, Cut: 5), await CheckAsync());
    }

    [Fact]
    public async Task Nothing_goes_from_the_first_entry_about_a_held_room_on()
    {
        Assert.Null((await carla.Get<RoomHoldService>().SetAsync(room, isHeld: true, "Juzgado 3")).Refusal);
        clock.Set(Year);
        Assert.Equal(5, await CutAsync(Now));
        Assert.Equal(new AuditVerdict(6, 0, null, Cut: 5), await CheckAsync());
    }

    [Theory]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 4")]
    [InlineData("UPDATE AuditEntries SET RoomId = 7 WHERE Number = 4")]
    [InlineData("UPDATE AuditCuts SET Number = 4")]
    [InlineData("DELETE FROM AuditCuts")]
    [InlineData("INSERT OR REPLACE INTO AuditCuts SELECT * FROM AuditCuts")]
    [InlineData("INSERT INTO AuditCuts (Number, Hash, At, Key, Signature) VALUES (2, x'', '2026-01-01', '', '')")]
    public async Task The_database_lets_go_of_nothing_above_the_cut_and_of_no_cut(string change)
    {
        await CutAsync(Now.AddDays(-1));
        await Assert.ThrowsAsync<SqliteException>(() => DoAsync(change));
        Assert.Null((await CheckAsync()).Broken);
    }

    [Theory]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 4", "entry 4")]
    [InlineData("DELETE FROM AuditCuts", "entry 1")]
    [InlineData("UPDATE AuditCuts SET Hash = zeroblob(32)", "cut at 3: it is not signed")]
    [InlineData(
        "UPDATE AuditCuts SET Number = 4; DELETE FROM AuditEntries WHERE Number = 4",
        "cut at 4: it is not signed"
    )]
    [InlineData(
        "INSERT INTO AuditCuts (Number, Hash, At, Key, Signature) SELECT 4, Hash, At, 'mine', 'bWluZQ==' FROM AuditEntries "
            + "WHERE Number = 4; DELETE FROM AuditEntries WHERE Number = 4",
        "cut at 4: it is not signed"
    )]
    public async Task Whoever_cuts_without_the_key_is_found_out(string change, string where)
    {
        await CutAsync(Now.AddDays(-1));
        foreach (var trigger in (string[])["AuditEntriesStay", "AuditCutsStand", "AuditCutsStay", "AuditCutsRise"])
            await DoAsync($"DROP TRIGGER {trigger}");
        await DoAsync($"PRAGMA foreign_keys = OFF; {change}");
        Assert.StartsWith(where, (await CheckAsync()).Broken);
    }

    [Fact]
    public async Task A_cut_by_another_key_or_without_a_key_to_check_it_counts_for_nothing()
    {
        await CutAsync(Now.AddDays(-1));
        var settings = app.Services.GetRequiredService<AuditSettings>() with
        {
            KeyFile = Path.Combine(app.Folder.FullName, "other.pem"),
        };
        using var other = new SigningKey(settings);
        var check = new AuditCheck(
            app.Services.GetRequiredService<IDbContextFactory<Web.Data.MarketplaceDbContext>>(),
            settings,
            other
        );
        Assert.StartsWith("cut at 3: there is no key", (await check.RunAsync()).Broken);
        Assert.False(File.Exists(settings.KeyFile));
        _ = other.Id;
        Assert.StartsWith("cut at 3: it is not signed", (await check.RunAsync()).Broken);
    }

    [Fact]
    public async Task Checkpoints_of_before_the_cut_and_at_it_still_count()
    {
        var key = app.Services.GetRequiredService<SigningKey>();
        await using var db = app.Look();
        var heads = await db.AuditEntries.Where(e => e.Number == 2 || e.Number == 3).OrderBy(e => e.Id).ToListAsync();
        var lines = heads.Select(e => AuditCheckpoint.Of(new() { Size = e.Number, Hash = e.Hash }, Now, key).Line());
        await File.WriteAllLinesAsync(Anchor, lines);
        await CutAsync(Now.AddDays(-1));
        Assert.Equal(new AuditVerdict(5, 2, null, Cut: 3), await CheckAsync());
        var false3 = AuditCheckpoint.Of(new() { Size = 3, Hash = heads[0].Hash }, Now, key);
        await File.WriteAllTextAsync(Anchor, false3.Line());
        Assert.StartsWith("entry 3: the checkpoint", (await CheckAsync()).Broken);
        var missing = AuditCheckpoint.Of(new() { Size = 9, Hash = heads[0].Hash }, Now, key);
        await File.WriteAllTextAsync(Anchor, missing.Line());
        Assert.StartsWith("entry 6: it and all after it are missing", (await CheckAsync()).Broken);
    }

    private async Task ActsAsync(int times)
    {
        for (var i = 0; i < times; i++)
            await carla.Supervision.PeopleAsync($"bruno {i}");
    }

    private async Task<int> CutAsync(DateTime before)
    {
        var gone = 0;
        await foreach (var some in app.Services.GetRequiredService<AuditCutter>().CutAsync(before, default))
            gone += some;
        return gone;
    }

    private Task<AuditVerdict> CheckAsync() => app.Services.GetRequiredService<AuditCheck>().RunAsync();

    private async Task DoAsync(string sql)
    {
        await using var db = app.Look();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
