using System.Data.Common;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Data;

public sealed class WriteTransactionTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly Interrupted interrupted = new();
    private readonly MarketplaceApp app;
    private SqlException lost = default!;

    public WriteTransactionTests() =>
        app = new()
        {
            Beside = services =>
                services.AddSingleton<TimeProvider>(clock).AddSingleton<IInterceptor>(_ => interrupted),
        };

    public async Task InitializeAsync()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,1;Connect Timeout=1;Pooling=False");
        // Starting writes, too.
        _ = app.Services;
        lost = await Assert.ThrowsAsync<SqlException>(connection.OpenAsync);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task What_meets_a_passing_fault_before_the_commit_is_written_once()
    {
        var attempts = 0;
        await Transactions.InTransactionAsync(async db =>
        {
            db.ProtectionKeys.Add(new() { Xml = "<once/>" });
            await db.SaveChangesAsync();
            return ++attempts < 3 ? throw lost : true;
        });
        Assert.Equal(3, attempts);
        Assert.Equal(1, await CountAsync("<once/>"));
    }

    [Fact]
    public async Task A_commit_without_an_answer_is_not_made_again()
    {
        var attempts = 0;
        interrupted.Fault = lost;
        await Assert.ThrowsAsync<CommitUnknownException>(() =>
            Transactions.InTransactionAsync(db =>
            {
                attempts++;
                return Task.FromResult(db.ProtectionKeys.Add(new() { Xml = "<unknown/>" }));
            })
        );
        Assert.Equal(1, attempts);
        Assert.Equal(1, await CountAsync("<unknown/>"));
    }

    [Fact]
    public async Task After_half_a_minute_the_caller_gets_the_fault()
    {
        var attempts = 0;
        var fault = await Assert.ThrowsAsync<SqlException>(() =>
            Transactions.InTransactionAsync<bool>(_ =>
            {
                attempts++;
                clock.Advance(TimeSpan.FromSeconds(16));
                throw lost;
            })
        );
        Assert.Same(lost, fault);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task What_does_not_pass_is_not_tried_again()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<DbUpdateException>(() =>
            Transactions.InTransactionAsync<bool>(_ =>
            {
                attempts++;
                throw new DbUpdateException();
            })
        );
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task What_Identity_saves_is_tried_again_too()
    {
        interrupted.BeforeCommit = lost;
        var ana = await app.JoinAsync("Ana");
        Assert.Null(interrupted.BeforeCommit);
        Assert.NotNull(await ana.Get<CurrentUser>().FindAsync());
    }

    private WriteTransactions Transactions => app.Services.GetRequiredService<WriteTransactions>();

    private async Task<int> CountAsync(string xml)
    {
        await using var db = app.Look();
        return await db.ProtectionKeys.CountAsync(key => key.Xml == xml);
    }

    /// <summary>Loses the connection once: while it begins, or after the database has committed.</summary>
    private sealed class Interrupted : DbTransactionInterceptor
    {
        public Exception? Fault { get; set; }

        public Exception? BeforeCommit { get; set; }

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            if (BeforeCommit is not { } fault)
                return new(result);
            BeforeCommit = null;
            throw fault;
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction,
            TransactionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            if (Fault is not { } fault)
                return Task.CompletedTask;
            Fault = null;
            throw fault;
        }
    }
}
