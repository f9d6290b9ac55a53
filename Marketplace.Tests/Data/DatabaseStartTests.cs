using System.Collections.Concurrent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Data;

/// <summary>Several processes that start on one database, and one that was killed while it did.</summary>
public sealed class DatabaseStartTests
{
    [Fact]
    public async Task Two_that_start_on_nothing_at_once_are_one_site()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-two-");
        var starting = new[] { ServerProcess.StartAsync(folder), ServerProcess.StartAsync(folder) };
        var servers = await Task.WhenAll(starting);
        try
        {
            Assert.Contains(
                servers.SelectMany(server => server.Said),
                line => line.Contains("Another process prepares the database") && line.Contains("this one waits")
            );
            foreach (var server in servers)
                await server.SignInAsync("ana@demo.local");
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.KillAsync();
                server.Dispose();
            }
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task One_that_was_killed_while_it_migrated_keeps_nobody_from_starting()
    {
        await using var first = new MarketplaceApp();
        await using (var db = first.Look())
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-03-04 05:06:07')"
            );
        await using var next = new MarketplaceApp { Folder = first.Folder, KeepsFolder = true };
        await Task.Run(() => next.Services).InTimeAsync("the next one started");
    }

    [Fact]
    public async Task What_another_process_indexes_meanwhile_is_indexed_once()
    {
        await using var app = new MarketplaceApp();
        var (_, bruno, room) = await app.TalkAsync();
        for (var i = 0; i < 3; i++)
            await bruno.SaysAsync(room, $"número {i}");
        var index = new Behind(app.Services.GetRequiredService<IMessageIndex>());
        var indexing = ActivatorUtilities.CreateInstance<MessageIndexing>(app.Services, index);
        await indexing.CatchUpAsync();
        Assert.Equal(0, index.Added);
        Assert.Equal(3, (await bruno.Get<SearchService>().FindAsync("numero")).Count);
    }

    [Theory]
    [InlineData("Server=127.0.0.1,1")]
    [InlineData("Server=none.invalid")]
    public async Task A_SQL_Server_that_may_come_is_waited_for_two_minutes(string server)
    {
        var (clock, log) = (new HandClock(), new Lines());
        var entering = Start($"{server};Database=Marketplace;Connect Timeout=1", clock, log).EnterAsync();
        await Eventually.TrueAsync(() => log.Said.Count > 1, "it has tried twice");
        Assert.All(log.Said, line => Assert.Contains("does not answer yet", line));
        clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => entering);
    }

    [Theory]
    [InlineData(18456, "Login failed for user 'sa'.")]
    [InlineData(262, "CREATE DATABASE permission denied in database 'master'.")]
    public async Task One_that_refuses_is_not(int number, string reason)
    {
        using var server = new TdsServer(number, 14, reason);
        var log = new Lines();
        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(() =>
            Start(server.ConnectionString, new HandClock(), log).EnterAsync()
        );
        Assert.EndsWith(reason, refused.Message);
        Assert.Empty(log.Said);
    }

    private static DatabaseStart Start(string server, TimeProvider clock, Lines log)
    {
        var settings = new DatabaseSettings(DatabaseProvider.SqlServer, server);
        var options = new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>();
        settings.Use(options);
        var preparation = new SqlServerPreparation(
            new Contexts(options.Options),
            settings,
            clock,
            NullLogger<SqlServerPreparation>.Instance
        );
        return new(preparation, clock, log);
    }

    private sealed class Contexts(DbContextOptions<SqlServerMarketplaceDbContext> options)
        : IDbContextFactory<MarketplaceDbContext>
    {
        public MarketplaceDbContext CreateDbContext() => new SqlServerMarketplaceDbContext(options);
    }

    private sealed class Lines : ILogger<DatabaseStart>
    {
        public ConcurrentQueue<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Said.Enqueue(formatter(state, exception));
    }

    /// <summary>Looked for the newest message before the other process wrote.</summary>
    private sealed class Behind(IMessageIndex inner) : IMessageIndex
    {
        public int Added { get; private set; }

        public Task<long> NewestAsync(MarketplaceDbContext db) => Task.FromResult(0L);

        public IQueryable<Message> Missing(MarketplaceDbContext db, long after) => inner.Missing(db, after);

        public Task AddAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages)
        {
            Added += messages.Count;
            return inner.AddAsync(db, messages);
        }

        public Task ReplaceAsync(MarketplaceDbContext db, IndexedMessage message, string before) =>
            inner.ReplaceAsync(db, message, before);

        public Task RemoveAsync(MarketplaceDbContext db, IReadOnlyList<IndexedMessage> messages) =>
            inner.RemoveAsync(db, messages);

        public Task<IReadOnlyList<long>> FindAsync(
            MarketplaceDbContext db,
            long? userId,
            IReadOnlyList<SearchWord> words,
            long before,
            int limit
        ) => inner.FindAsync(db, userId, words, before, limit);

        public Task PrepareAsync(MarketplaceDbContext db) => inner.PrepareAsync(db);

        public Task ClearAsync(MarketplaceDbContext db) => inner.ClearAsync(db);
    }
}
