using System.Globalization;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Http.Extensions;

namespace Marketplace.Web.Admin.Audit;

/// <summary>The record's filter, as its page and its export have it in their address. What cannot be read filters nothing.</summary>
public sealed record AuditAddress(string? Action, long? Who, long? Room, long? Person, DateOnly? Since, DateOnly? Until)
{
    public static AuditAddress Read(
        string? action,
        string? who,
        string? room,
        string? person,
        string? since,
        string? until
    ) =>
        new(
            AddressValue.Of<AuditAction>(action)?.ToString(),
            AddressValue.Number(who),
            AddressValue.Number(room),
            AddressValue.Number(person),
            AddressValue.Day(since),
            AddressValue.Day(until)
        );

    public string Query =>
        new QueryBuilder(
            new Dictionary<string, object?>
            {
                ["action"] = Action,
                ["who"] = Who,
                ["room"] = Room,
                ["person"] = Person,
                ["since"] = Since?.ToString("O", CultureInfo.InvariantCulture),
                ["until"] = Until?.ToString("O", CultureInfo.InvariantCulture),
            }
                .Where(one => one.Value is not null)
                .Select(one =>
                    KeyValuePair.Create(one.Key, Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? "")
                )
        ).ToString();

    public AuditFilter Filter(ReaderClock clock) =>
        new()
        {
            Action = Action is null ? null : Enum.Parse<AuditAction>(Action),
            AdministratorId = Who,
            RoomId = Room,
            PersonId = Person,
            From = Since is { } since ? clock.Begins(since) : null,
            Until = Until is { } until ? clock.Begins(until.AddDays(1)) : null,
        };
}
