using System.Threading.Channels;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Mail;

/// <summary>
/// Sends mails in order, after the request: an answer takes as long with a mail as without one. Tries for two hours, in
/// memory: a killed process loses what waits.
/// </summary>
public sealed class MailSpool(MailSender sender, TimeProvider clock, ILogger<MailSpool> log) : BackgroundService
{
    private const int MaxWaiting = 1_000;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
    ];

    // Who asks again and again floods no mailbox, and fills no spool that others need.
    private readonly TokenBuckets<string> asked = new(burst: 5, 1 / 600.0, clock);

    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(MaxWaiting);

    private sealed record Waiting(string To, string Subject, string Body, int Tries = 0);

    public void Send(string to, string subject, string body) => Add(new(to, subject, body));

    /// <summary>Queues a mail that anybody may ask for. One too many is not told: that would tell of others.</summary>
    public void SendAsked(string to, string subject, string body)
    {
        if (asked.Take(to.ToUpperInvariant()) is null)
            Send(to, subject, body);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mail in waiting.Reader.ReadAllAsync(stoppingToken))
                await SendAsync(mail, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // A stopping process tries each of the rest once.
            while (waiting.Reader.TryRead(out var mail))
                await sender.SendAsync(mail.To, mail.Subject, mail.Body);
        }
    }

    private async Task SendAsync(Waiting mail, CancellationToken stopping)
    {
        if (
            await sender.SendAsync(mail.To, mail.Subject, mail.Body) is MailOutcome.TryLater
            && mail.Tries < Pauses.Length
        )
            _ = AgainAsync(mail, stopping);
    }

    // Beside the queue, so that others do not wait behind it.
    private async Task AgainAsync(Waiting mail, CancellationToken stopping)
    {
        await Task.Delay(Pauses[mail.Tries], clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            Add(mail with { Tries = mail.Tries + 1 });
    }

    private void Add(Waiting mail)
    {
        if (!waiting.Writer.TryWrite(mail))
            log.LogError("A mail was dropped: {Count} wait already", MaxWaiting);
    }
}
