using System.Threading.Channels;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Mail;

/// <summary>
/// Puts mails into the outbox after the request: an answer takes as long with a mail as without one. A kill loses what
/// was asked for in the last milliseconds.
/// </summary>
public sealed class MailSpool(
    MailWorker worker,
    OutboxSignal signal,
    WriteTransactions transactions,
    LimitBook book,
    TimeProvider clock,
    ILogger<MailSpool> log
) : BackgroundService
{
    private const int MaxWaiting = 1_000;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Who asks again and again floods no mailbox, and fills no spool that others need. Each purpose has its own: who asks
    // for one in another's name does not keep the others from its owner.
    private readonly TokenBuckets<string> asked = book.Make<string>("asked mails", burst: 5, 1 / 600.0);

    private readonly Channel<OutgoingMail> waiting = Channel.CreateBounded<OutgoingMail>(MaxWaiting);

    public void Send(string to, string subject, string body)
    {
        if (!waiting.Writer.TryWrite(new(to, subject, body)))
            log.LogError("A mail was dropped: {Count} wait already", MaxWaiting);
    }

    /// <summary>Queues a mail that anybody may ask for. One too many is not told: that would tell of others.</summary>
    public void SendAsked(string purpose, string to, string subject, string body)
    {
        if (asked.Take($"{purpose} {to.ToUpperInvariant()}") is null)
            Send(to, subject, body);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mail in waiting.Reader.ReadAllAsync(CancellationToken.None))
            while (!await TryWriteAsync(mail) && !stoppingToken.IsCancellationRequested)
                await Task.Delay(AfterFailure, clock, CancellationToken.None);
    }

    private async Task<bool> TryWriteAsync(OutgoingMail mail)
    {
        try
        {
            var entry = worker.Entry(mail, clock.GetUtcNow().UtcDateTime);
            await transactions.InTransactionAsync(db => Task.FromResult(db.Outbox.Add(entry)));
            signal.Wake();
            return true;
        }
        catch (Exception exception)
        {
            log.LogError("A mail could not be put into the outbox and is tried again: {Reason}", exception.Message);
            return false;
        }
    }
}
