using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Data;

/// <summary>Faults as SqlClient tells them, without a SQL Server.</summary>
public sealed class TransientFaultTests
{
    [Theory]
    [InlineData("Server=127.0.0.1,1")]
    [InlineData("Server=none.invalid")]
    public async Task A_server_that_cannot_be_reached_may_come_back(string server) =>
        Assert.True(WriteTransactions.IsTransient(await FaultAsync(server, seconds: 1)));

    [Fact]
    public async Task So_may_one_that_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.True(WriteTransactions.IsTransient(await FaultAsync(Address(silent), seconds: 1)));
    }

    [Fact]
    public void What_SqlClient_says_of_its_connections_passes_and_what_others_do_wrong_does_not()
    {
        using var connection = new SqlConnection("Server=127.0.0.1,1");
        using var command = new SqlCommand("SELECT 1", connection);
        // Of the same kind as "no connection of the pool came free".
        var closed = Assert.Throws<InvalidOperationException>(command.ExecuteScalar);
        Assert.True(WriteTransactions.IsTransient(closed));
        var own = Assert.Throws<InvalidOperationException>(() => Array.Empty<int>().First());
        Assert.False(WriteTransactions.IsTransient(own));
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
    public async Task One_with_a_certificate_that_nobody_trusts_does_not_get_better()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var fault = FaultAsync($"{Address(server)};Encrypt=Strict");
        using var client = await server.AcceptTcpClientAsync();
        await using var secured = new SslStream(client.GetStream());
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=sql", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = own,
            ApplicationProtocols = [new("tds/8.0")],
        };
        await Task.WhenAny(secured.AuthenticateAsServerAsync(options));
        await secured.DisposeAsync();
        Assert.False(WriteTransactions.IsTransient(await fault), $"{await fault}");
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
    [InlineData(49918, 16, true)]
    [InlineData(3960, 16, true)]
    [InlineData(6005, 14, true)]
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

    private static async Task<Exception> FaultAsync(string server, int seconds = 5)
    {
        await using var connection = new SqlConnection(
            new SqlConnectionStringBuilder(server) { ConnectTimeout = seconds, Pooling = false }.ToString()
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
}
