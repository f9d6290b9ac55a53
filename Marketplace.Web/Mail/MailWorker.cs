using System.Text.Json;
using Marketplace.Web.Outbox;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Mail;

/// <summary>Sends the mails of the outbox. They are encrypted there, because their links open accounts.</summary>
public sealed class MailWorker(MailSender sender, IDataProtectionProvider protection, ILogger<MailWorker> log)
    : IOutboxWorker
{
    internal const string Mail = "mail";

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(16),
    ];

    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.Mail");

    public string Kind => Mail;

    /// <summary>What mail servers commonly take from one client.</summary>
    public int AtOnce => 4;

    internal OutboxEntry Entry(OutgoingMail mail, DateTime dueAt) =>
        new()
        {
            Kind = Mail,
            Key = $"{Guid.NewGuid():N}",
            Data = protector.Protect(JsonSerializer.Serialize(mail)),
            DueAt = dueAt,
        };

    public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
    {
        var mail = JsonSerializer.Deserialize<OutgoingMail>(protector.Unprotect(entry.Data!))!;
        // The same id at each attempt: mailboxes drop what came twice.
        var outcome = await sender.SendAsync(mail, entry.Key);
        if (outcome is not MailOutcome.TryLater and not MailOutcome.Misconfigured)
            return null;
        if (entry.Attempts <= Pauses.Length)
            return Pauses[entry.Attempts - 1];
        log.LogError("A mail was given up after {Attempts} attempts", entry.Attempts);
        return null;
    }
}
