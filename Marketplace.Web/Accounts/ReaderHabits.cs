using System.Globalization;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts;

/// <summary>Remembers in which language and zone a person reads, because mails are written without a request.</summary>
internal sealed class ReaderHabits(CurrentUser currentUser, AccountStates states, WriteTransactions transactions)
{
    public async Task RememberAsync(HttpContext http)
    {
        if (!IsPage(http.Request) || await currentUser.FindAsync() is not { } me)
            return;
        var culture = CultureInfo.CurrentCulture.Name;
        var zone = Known(ReaderPreferences.TimeZone(http.Request.Cookies)) ?? me.TimeZone;
        if ((culture, zone) == (me.Culture, me.TimeZone))
            return;
        await transactions.InTransactionAsync(db =>
            db.Users.Where(user => user.Id == me.Id)
                .ExecuteUpdateAsync(user =>
                    user.SetProperty(u => u.Culture, culture).SetProperty(u => u.TimeZone, zone)
                )
        );
        states.Began(me.Id);
    }

    // Programs name a language for each call, and a browser that only fetches a file says little of its reader.
    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string? Known(string? zone) =>
        zone is { Length: > 0 and <= User.MaxTimeZoneLength } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? zone
            : null;
}
