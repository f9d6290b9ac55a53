using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal;

namespace Marketplace.Tests.Data;

/// <summary>Faults as SqlClient tells them, without a SQL Server.</summary>
public sealed class TransientFaultTests
{
    [Theory]
    [InlineData("Server=127.0.0.1,1")]
    [InlineData("Server=none.invalid")]
    public async Task A_server_that_cannot_be_reached_may_come_back(string server) =>
        Assert.True(WriteTransactions.IsTransient(await FaultAsync(server)));

    [Fact]
    public async Task So_may_one_that_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.True(WriteTransactions.IsTransient(await FaultAsync(Address(silent))));
    }

    [Fact]
    public async Task So_may_one_that_hangs_up()
    {
        using var rude = new TcpListener(IPAddress.Loopback, 0);
        rude.Start();
        var fault = FaultAsync(Address(rude));
        (await rude.AcceptTcpClientAsync()).Dispose();
        Assert.True(WriteTransactions.IsTransient(await fault));
    }

    [Fact]
    public async Task What_EF_wraps_is_found()
    {
        await using var db = Context("Server=127.0.0.1,1");
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => db.Users.AnyAsync());
        Assert.True(WriteTransactions.IsTransient(fault), fault.ToString());
    }

    [Theory]
    [InlineData(1205, 13, true)]
    [InlineData(1222, 16, true)]
    [InlineData(18401, 14, true)]
    [InlineData(18456, 14, false)]
    [InlineData(2627, 14, false)]
    [InlineData(208, 16, false)]
    public async Task An_error_of_the_server_is_told_by_its_number(int number, byte severity, bool passes)
    {
        using var server = new TdsServer(number, severity, "as asked");
        var fault = await FaultAsync(server.ConnectionString);
        Assert.Equal(number, Assert.IsType<SqlException>(fault).Number);
        Assert.Equal(passes, WriteTransactions.IsTransient(fault));
    }

    [Theory]
    [InlineData(18456, false)]
    [InlineData(1105, false)]
    [InlineData(1205, false)]
    [InlineData(2627, true)]
    public async Task Only_what_a_row_may_have_caused_is_written_one_by_one(int number, bool isOfRow)
    {
        using var server = new TdsServer(number, 14, "as asked");
        Assert.Equal(isOfRow, WriteTransactions.IsRowSpecific(await FaultAsync(server.ConnectionString)));
    }

    [Fact]
    public void Whatever_EF_tries_again_is_tried_again()
    {
#pragma warning disable EF1001 // The list is what we compare with.
        var ours = Enumerable
            .Range(-10, 60_000)
            .Where(number => SqlServerTransientExceptionDetector.ShouldRetryOn(Error(number)))
            .Where(number => !WriteTransactions.IsTransient(Error(number)));
#pragma warning restore EF1001
        Assert.Empty(ours);
    }

    private static async Task<Exception> FaultAsync(string server)
    {
        await using var connection = new SqlConnection(
            new SqlConnectionStringBuilder(server) { ConnectTimeout = 1, Pooling = false }.ToString()
        );
        return await Assert.ThrowsAnyAsync<Exception>(connection.OpenAsync);
    }

    private static string Address(TcpListener listener) =>
        $"Server=127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port}";

    private static SqlServerMarketplaceDbContext Context(string server) =>
        new(
            new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>()
                .UseSqlServer($"{server};Connect Timeout=1;Pooling=False")
                .Options
        );

    // SqlClient has no constructor for it.
    private static SqlException Error(int number)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var make = typeof(SqlError)
            .GetConstructors(hidden)
            .First(one => one.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(int));
        var error = make.Invoke([
            .. make.GetParameters()
                .Select(
                    (parameter, i) =>
                        i == 0 ? number
                        : parameter.ParameterType == typeof(byte) ? (byte)14
                        : parameter.ParameterType == typeof(string) ? ""
                        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                        : null
                ),
        ]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException)
            .GetMethods(hidden)
            .First(one => one.Name == "CreateException" && one.GetParameters().Length == 2);
        return (SqlException)create.Invoke(null, [errors, "16.0"])!;
    }
}
