using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("Database:Provider", "Oracle", "Database:Provider: read 'Oracle'; allowed: Sqlite or SqlServer")]
    [InlineData("Limits:MessageBurst", "mucho", "Limits:MessageBurst: read 'mucho'; allowed: a whole number")]
    [InlineData("Limits:NewRooms", "-1", "Limits:NewRooms: read '-1'; allowed: a whole number")]
    [InlineData("Retention:Messages", "un año", "Retention:Messages: read 'un año'; allowed: a time from 1.00:00:00")]
    [InlineData("Retention:Audit", "7", "Retention:Audit: read '7'; allowed: a time from 30.00:00:00")]
    [InlineData("Demo:Seed", "quizá", "Demo:Seed: read 'quizá'; allowed: true or false")]
    [InlineData("Proxy:Addresses:0", "proxy.local", "Proxy:Addresses: read 'proxy.local'; allowed: IP addresses")]
    [InlineData("Database:Provider", "1", "Database:Provider: read '1'")]
    [InlineData(
        "Relay:Redis",
        "127.0.0.1:1,secreto=si",
        "Relay:Redis: read '…'; allowed: as StackExchange.Redis writes it"
    )]
    [InlineData(
        "Relay:Redis",
        "redis://10.0.0.5:6379",
        "Relay:Redis: read '…'; allowed: as StackExchange.Redis writes it"
    )]
    [InlineData("Relay:Redis", "10.0.0.5:port", "Relay:Redis: read '…'; allowed: as StackExchange.Redis writes it")]
    [InlineData("Hosting:Drain", "301", "Hosting:Drain: read '301'; allowed: a whole number from 0 to 300")]
    [InlineData("Smtp:Port", "x", "Smtp:Port")]
    [InlineData("Site:Url", "https://example.org/tienda", "Site:Url: read 'https://example.org/tienda'")]
    [InlineData("Keys:Certificate", "none.pfx", "Keys:Certificate: read 'none.pfx'; allowed: a PFX file")]
    [InlineData("Smtp:Tls", "quizá", "Smtp:Tls: read 'quizá'; allowed: true, false, StartTls")]
    [InlineData("Serilog:MinimumLevel:Default", "Mucho", "Serilog:MinimumLevel:Default: read 'Mucho'")]
    [InlineData("Serilog:WriteTo:File:Args:rollingInterval", "Jueves", "Args:rollingInterval: read 'Jueves'")]
    [InlineData("Serilog:WriteTo:File:Args:fileSizeLimitBytes", "-7", "Serilog")]
    [InlineData("ConnectionStrings:Marketplace", "no es nada", "ConnectionStrings:Marketplace")]
    [InlineData("ConnectionStrings:Marketplace", "Data Source=/dev/null/x/marketplace.db", "cannot be used")]
    [InlineData("ConnectionStrings:Marketplace", "Data Source=/etc/hostname", "cannot be used")]
    public async Task A_wrong_value_stops_the_start_with_one_line(string key, string value, string line)
    {
        var (code, said) = await StartAsync((key, value));
        Assert.Equal(1, code);
        Assert.Contains(line, Assert.Single(said));
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("tienda uno", "'tienda uno'")]
    [InlineData("tienda*", "'tienda*'")]
    public void A_channel_that_cannot_be_meant_is_refused(string channel, string read)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Relay:Redis"] = "broker:6379", ["Relay:Channel"] = channel }
        );
        var refused = Assert.Throws<SettingException>(() => RelaySettings.Read(settings.Build()));
        Assert.StartsWith($"Configuration Relay:Channel: read {read}; allowed: 1 to 100 letters", refused.Message);
    }

    [Theory]
    [InlineData("CREATE TABLE Notes (Id INTEGER)", "holds tables of something else")]
    [InlineData(
        "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT); "
            + "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0')",
        "a newer version"
    )]
    [InlineData(null, "cannot be used")]
    public async Task A_database_that_is_not_ours_is_left_alone_and_stops_the_start(string? sql, string line)
    {
        var file = Path.GetTempFileName();
        if (sql is null)
            await File.WriteAllTextAsync(file, new string('x', 10_000));
        else
            await using (var foreign = new SqliteConnection($"Data Source={file};Pooling=false"))
            {
                await foreign.OpenAsync();
                await using var command = foreign.CreateCommand();
#pragma warning disable CA2100 // Our own words.
                command.CommandText = sql;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync();
            }
        var before = await File.ReadAllBytesAsync(file);
        var (code, said) = await StartAsync(("ConnectionStrings:Marketplace", $"Data Source={file}"));
        Assert.Equal(1, code);
        Assert.Contains(line, Assert.Single(said));
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        File.Delete(file);
    }

    [Fact]
    public async Task SQL_Server_without_a_connection_string_stops_the_start_with_one_line()
    {
        var (code, said) = await StartAsync(("Database:Provider", "SqlServer"));
        Assert.Equal(1, code);
        Assert.Contains("ConnectionStrings:Marketplace: read nothing", Assert.Single(said));
    }

    [Theory]
    [InlineData(18456, 14, "Login failed for user 'sa'.")]
    [InlineData(916, 14, "The server principal is not able to access the database.\nIt really is not.")]
    public async Task A_SQL_Server_that_refuses_stops_the_start_with_one_line(int number, byte severity, string reason)
    {
        using var server = new TdsServer(number, severity, reason);
        var (code, said) = await StartAsync(
            ("Database:Provider", "SqlServer"),
            ("ConnectionStrings:Marketplace", server.ConnectionString)
        );
        Assert.Equal(1, code);
        Assert.Contains(reason.Replace('\n', ' '), Assert.Single(said));
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start_with_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said, log) = await RunAsync([("Kestrel:Endpoints:Http:Url", $"http://{taken.LocalEndpoint}")]);
        Assert.Equal(1, code);
        Assert.Contains("address already in use", Assert.Single(said));
    }

    [Fact]
    public async Task A_start_that_fails_unexpectedly_is_told_in_full()
    {
        var (code, said) = await StartAsync(("ASPNETCORE_CONTENTROOT", "/no/such/folder"));
        Assert.Equal(1, code);
        Assert.Contains(" FTL ", said[0]);
        Assert.Contains("DirectoryNotFoundException", said[1]);
        Assert.Contains(said, line => line.Contains("at Program."));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_the_only_reason_that_a_start_gives()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said, log) = await RunAsync([("Kestrel:Endpoints:Http:Url", $"http://{taken.LocalEndpoint}")]);
        Assert.Equal(1, code);
        Assert.Contains("address already in use", said[^1]);
        Assert.DoesNotContain("BackgroundService", log);
    }

    [Fact]
    public async Task Whoever_took_the_administrators_address_first_is_no_administrator()
    {
        await using var app = new MarketplaceApp();
        var boss = await app.JoinAsync("Jefa");
        using var scope = app.Services.CreateScope();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Admin:Email"] = boss.Email, ["Admin:Password"] = "otra-clave" }
        );
        var first = ActivatorUtilities.CreateInstance<FirstAdministrator>(scope.ServiceProvider, settings.Build());
        await Assert.ThrowsAsync<SettingException>(first.EnsureAsync);
        Assert.Null(await boss.Get<CurrentUser>().FindAdministratorAsync());
    }

    [Theory]
    [InlineData("password", "a password that is not one of the most common ones")]
    [InlineData("jefa@test.local", "a password that is not much like the address or the site's name")]
    [InlineData("corta", "a password of at least 8 characters")]
    public async Task An_administrators_password_is_refused_for_its_real_reason(string password, string allowed)
    {
        await using var app = new MarketplaceApp();
        using var scope = app.Services.CreateScope();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Admin:Email"] = "jefa@test.local", ["Admin:Password"] = password }
        );
        var first = ActivatorUtilities.CreateInstance<FirstAdministrator>(scope.ServiceProvider, settings.Build());
        var refused = await Assert.ThrowsAsync<SettingException>(first.EnsureAsync);
        Assert.EndsWith($"allowed: {allowed}.", refused.Message);
    }

    [Fact]
    public async Task The_settings_at_the_root_are_those_that_every_host_reads()
    {
        await using var app = new MarketplaceApp();
        var root = await File.ReadAllTextAsync(Path.Combine(Sources.Repository, "appsettings.json"));
        Assert.Equal(root, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
        Assert.Equal(
            root,
            await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ServerProcess.Program)!, "appsettings.json"))
        );
        Assert.Equal("2", app.Services.GetRequiredService<IConfiguration>()["Limits:MessagesPerSecond"]);
    }

    private static async Task<(int Code, string[] Said)> StartAsync(params (string Key, string Value)[] settings)
    {
        var (code, said, _) = await RunAsync(settings);
        return (code, said);
    }

    private static async Task<(int Code, string[] Said, string Log)> RunAsync((string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-start-");
        var start = new ProcessStartInfo("dotnet", [ServerProcess.Program, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["ConnectionStrings__Marketplace"] = "";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__")] = value;
        using var process = Process.Start(start)!;
        var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("It started: " + await output);
        }
        folder.Delete(recursive: true);
        return (process.ExitCode, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries), await output);
    }
}
