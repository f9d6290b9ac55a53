using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Data.Journal;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Marketplace.Tests.Data;

/// <summary>Checks SQL Server without a server: the model, the migrations and the SQL of every query.</summary>
public sealed class SqlServerTests
{
    public static TheoryData<string> Queries =>
        [.. All().Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];

    [Theory, MemberData(nameof(Queries))]
    public void Every_query_can_be_said_in_its_SQL(string name)
    {
        using var db = Context();
        var method = All().Single(m => $"{m.DeclaringType!.Name}.{m.Name}" == name);
        foreach (var arguments in Arguments(method, db))
        {
            var query = (IQueryable)method.Invoke(null, arguments)!;
            Assert.StartsWith(
                "SELECT",
                query.ToQueryString()[query.ToQueryString().IndexOf("SELECT", StringComparison.Ordinal)..]
            );
        }
    }

    [Fact]
    public void Its_migrations_are_up_to_date_with_the_model()
    {
        using var db = Context();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_site_runs_on_the_model_that_the_migrations_make()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Database:Provider"] = "SqlServer";
        builder.Configuration["ConnectionStrings:Marketplace"] = "Server=none";
        builder.AddRealtime().AddData().AddAccounts();
        using var services = builder.Services.BuildServiceProvider();
        using var db = services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>().CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void So_are_those_of_SQLite()
    {
        using var db = new SqliteMarketplaceDbContext(
            new DbContextOptionsBuilder<SqliteMarketplaceDbContext>().UseSqlite("Data Source=:memory:").Options
        );
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void What_keys_and_indexes_find_is_compared_by_code_unit()
    {
        using var db = Context();
        var wrong =
            from entity in db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.ClrType == typeof(string) && (property.IsKey() || property.IsIndex())
            where property.GetCollation() != "Latin1_General_BIN2"
            select $"{entity.DisplayName()}.{property.Name}";
        Assert.Empty(wrong);
        Assert.Contains("COLLATE Latin1_General_BIN2", Column(db, "[NormalizedEmail]"));
        Assert.Contains("COLLATE Latin1_General_BIN2", Column(db, "[Shortcut]"));
    }

    [Fact]
    public void Rooms_are_locked_in_order_within_one_statement()
    {
        using var db = Context();
        var sql = SqlServerStatements.Locked(db, [3, 8]).ToQueryString();
        Assert.Contains("'[3,8]'", sql);
        Assert.Contains("SET LOCK_TIMEOUT", sql);
        // Whatever EF puts around it would be no SQL.
        Assert.DoesNotContain("FROM (", sql);
    }

    [Fact]
    public void What_is_written_by_hand_is_T_SQL()
    {
        foreach (var statement in SqlServerStatements.All)
        {
            using var text = new StringReader(Regex.Replace(statement, @"\{(\d+)\}", "@p$1"));
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(text, out var errors);
            Assert.Empty(errors.Select(error => $"{error.Line}: {error.Message}"));
        }
    }

    [Fact]
    public void Rows_of_a_batch_have_the_names_that_the_statements_read()
    {
        object[] rows =
        [
            SqlServerStatements.Row(new Message(), 0),
            SqlServerStatements.Row(new Room()),
            SqlServerStatements.Row(new Membership(), isCleared: false),
            SqlServerStatements.Row(new Notice(), 0),
            new MessageWords(),
        ];
        var written = rows.Select(Names).ToList();
        var read = SqlServerStatements
            .All.SelectMany(sql => Regex.Matches(sql, @"WITH \(((?:\s*\w+ \w+(?:\(\w+\))?,?)+)\)"))
            .Select(list =>
                Regex.Matches(list.Groups[1].Value, @"(\w+) \w+(?:\(\w+\))?").Select(m => m.Groups[1].Value)
            )
            .Select(names => names.ToHashSet())
            .ToList();
        Assert.Equal(6, read.Count);
        Assert.All(written, names => Assert.Contains(read, one => one.SetEquals(names)));
        Assert.All(read, names => Assert.Contains(written, one => one.IsSupersetOf(names)));
    }

    private static HashSet<string> Names(object row) =>
        [
            .. JsonDocument
                .Parse(SqlServerStatements.Rows([row]))
                .RootElement[0]
                .EnumerateObject()
                .Select(one => one.Name),
        ];

    [Fact]
    public void Only_messages_without_words_are_indexed_at_the_start()
    {
        using var db = Context();
        var index = new SqlServerMessageIndex(NullLogger<SqlServerMessageIndex>.Instance);
        Assert.Contains("NOT EXISTS", index.Missing(db, 5).ToQueryString());
    }

    private static string Column(MarketplaceDbContext db, string name) =>
        db.GetService<IMigrator>()
            .GenerateScript()
            .Split('\n')
            .Last(line => line.Contains(name) && line.Contains("nvarchar"));

    private static SqlServerMarketplaceDbContext Context() =>
        new(new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>().UseSqlServer("Server=none").Options);

    // Queries are IQueryable methods of static classes named …Queries.
    private static IEnumerable<MethodInfo> All() =>
        from type in typeof(Program).Assembly.GetTypes()
        where type.Name.EndsWith("Queries", StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public)
        select method;

    // Optional parameters all given, and none.
    private static IEnumerable<object?[]> Arguments(MethodInfo method, MarketplaceDbContext db) =>
        method.GetParameters().Any(p => Samples.ContainsKey(p.ParameterType))
            ? from index in Enumerable.Range(
                0,
                method.GetParameters().Max(p => Samples.GetValueOrDefault(p.ParameterType)?.Length ?? 1)
            )
            select method.GetParameters().Select(p => Argument(p, db, index)).ToArray()
            : [method.GetParameters().Select(p => Argument(p, db, 0)).ToArray()];

    private static object? Argument(ParameterInfo parameter, MarketplaceDbContext db, int index)
    {
        if (parameter.ParameterType == typeof(MarketplaceDbContext))
            return db;
        if (Samples.TryGetValue(parameter.ParameterType, out var samples))
            return samples[Math.Min(index, samples.Length - 1)];
        return parameter.ParameterType == typeof(string) ? "ana"
            : parameter.ParameterType == typeof(int) ? 10
            : Activator.CreateInstance(parameter.ParameterType);
    }

    private static readonly Dictionary<Type, object[]> Samples = new()
    {
        [typeof(PageCursor?)] = [new PageCursor(9, 3)],
        [typeof(IReadOnlyList<long>)] = [new[] { 1L, 2L }],
        [typeof(IReadOnlyCollection<long>)] = [new[] { 1L, 2L }],
        [typeof(IEnumerable<string>)] = [new[] { "bici", "ana" }],
        [typeof(ReportTarget)] = [new ReportTarget(ReportKind.Room, RoomId: 1)],
        [typeof(NoteTarget)] = [new NoteTarget(PersonId: 1), new NoteTarget(RoomId: 1)],
        [typeof(RoomsWanted)] =
        [
            RoomsWanted.All,
            new RoomsWanted(ListingState.Sold, 1, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, true, true, true),
            new RoomsWanted(WaitingBefore: DateTime.UnixEpoch),
        ],
        [typeof(NameWord)] = [new NameWord("ana", "ana@ñandú.es")],
        [typeof(IReadOnlyList<NameWord>)] =
        [
            NameWord.Of("bici ana", 8),
            NameWord.Of("bici ana", 8),
            NameWord.Of("", 8),
        ],
        [typeof(IReadOnlyCollection<NameWord>)] = [NameWord.Of("bici", 8), NameWord.Of("", 8)],
        [typeof(IReadOnlyList<SearchWord>)] = [SearchWord.Of("bici 自転車 👍 carg"), SearchWord.Of("👍")],
        [typeof(ListingFilter)] =
        [
            new ListingFilter(),
            new ListingFilter(
                "bicicleta electrica",
                Category.Bikes,
                100,
                200,
                "Madrid",
                ListingOrder.Cheapest,
                "100-5"
            ),
            new ListingFilter(Order: ListingOrder.Dearest, Cursor: "100-5"),
            new ListingFilter(Cursor: "5"),
        ],
        [typeof(MessageRange)] =
        [
            new MessageRange(),
            new MessageRange(Before: 5),
            new MessageRange(After: 5),
            new MessageRange(ChangedAfter: 5),
            new MessageRange(From: DateTime.UnixEpoch),
        ],
    };
}
