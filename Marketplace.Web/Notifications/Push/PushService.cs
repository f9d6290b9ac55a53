using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications.Push;

/// <summary>A browser that takes push messages. Times are UTC.</summary>
/// <param name="Name">Empty if unknown.</param>
/// <param name="ConfirmedAt">When a page of it was last open.</param>
/// <param name="AcceptedAt">When its push service last took a message; null if never.</param>
public sealed record PushDeviceView(
    long Id,
    string Name,
    DateTime AddedAt,
    DateTime ConfirmedAt,
    DateTime? AcceptedAt,
    bool IsThisSession
);

/// <summary>The current person's devices. One session is one browser, so it has one device.</summary>
public sealed class PushService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    VapidKeys keys,
    PushSettings settings,
    PushSender sender,
    PushWriter writer,
    TimeProvider clock,
    IStringLocalizer<PushTexts> texts
)
{
    public const int MaxDevices = 20;

    private const int SecretBytes = 16;

    /// <summary>Whether the site sends push messages at all.</summary>
    public bool IsOn => settings.Subject is not null;

    /// <summary>The key that browsers subscribe with.</summary>
    public async Task<Outcome<string>> KeyAsync() =>
        IsOn ? (await keys.FindAsync()).PublicKey : Refuse(RefusalKind.NotFound, "Off");

    public async Task<IReadOnlyList<PushDeviceView>> ListAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await Views(db.PushDevices.Where(device => device.PersonId == me.Id)).ToListAsync();
    }

    /// <summary>Adds the browser of the current session, or confirms it. True: it is new.</summary>
    /// <param name="publicKey">Of the Push API's subscription: <c>p256dh</c>.</param>
    /// <param name="secret">Of the same: <c>auth</c>.</param>
    public async Task<Outcome<(PushDeviceView Device, bool IsNew)>> KeepAsync(
        string? endpoint,
        string? publicKey,
        string? secret,
        string? agent
    )
    {
        if (await currentUser.FindAsync() is not { } me || currentUser.SessionId is not { } session)
            return Refuse(RefusalKind.Forbidden, "SignIn");
        if (!IsOn)
            return Refuse(RefusalKind.NotFound, "Off");
        if (Clean(endpoint, publicKey, secret) is not { } place)
            return Refuse(RefusalKind.Invalid, "BadPlace");
        return await transactions.InTransactionAsync<Outcome<(PushDeviceView, bool)>>(async db =>
        {
            var (id, isNew) = await KeepAsync(db, (me.Id, session), place, DeviceName.Of(agent));
            return (await Views(db.PushDevices.Where(device => device.Id == id)).SingleAsync(), isNew);
        });
    }

    public async Task<Refusal?> RemoveAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "NoDevice");
        var removed = await transactions.InTransactionAsync(db => Mine(db, me.Id, id).ExecuteDeleteAsync());
        return removed == 0 ? Refuse(RefusalKind.NotFound, "NoDevice") : null;
    }

    /// <summary>Sends a message to one device at once; null: its push service has taken it.</summary>
    public async Task<Refusal?> TestAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "NoDevice");
        if (!IsOn)
            return Refuse(RefusalKind.NotFound, "Off");
        await using var db = await database.CreateDbContextAsync();
        if (await Mine(db, me.Id, id).AsNoTracking().SingleOrDefaultAsync() is not { } device)
            return Refuse(RefusalKind.NotFound, "NoDevice");
        var reply = await sender.SendAsync(device, writer.WriteTest(clock.GetUtcNow().ToUnixTimeMilliseconds()));
        if (reply.Answer is PushAnswer.Gone)
            await RemoveAsync(id);
        if (reply.Answer is PushAnswer.Accepted)
            await AcceptedAsync(id);
        return reply.Answer switch
        {
            PushAnswer.Accepted => null,
            PushAnswer.Gone => Refuse(RefusalKind.Conflict, "Test.Gone"),
            PushAnswer.Busy => new(RefusalKind.Busy, texts["Test.Busy"], reply.Wait),
            _ => Refuse(RefusalKind.Conflict, "Test.Refused"),
        };
    }

    private sealed record Place(string Endpoint, string PublicKey, string Secret);

    private Place? Clean(string? address, string? publicKey, string? secret)
    {
        if (
            address is not { Length: <= PushDevice.MaxEndpointLength }
            || !address.All(letter => letter is > ' ' and <= '~')
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !new PublicAddresses(settings).MayBe(uri)
        )
            return null;
        return VapidPair.ReadPoint(publicKey) is { } point && VapidPair.Decode(secret, SecretBytes) is { } shared
            ? new(uri.AbsoluteUri, Base64Url.EncodeToString(point), Base64Url.EncodeToString(shared))
            : null;
    }

    private async Task<(long Id, bool IsNew)> KeepAsync(
        MarketplaceDbContext db,
        (long Id, Guid Session) me,
        Place place,
        string name
    )
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place.Endpoint)));
        // The same browser, of somebody else before.
        await db
            .PushDevices.Where(one => one.Key == key && one.PersonId != me.Id && one.Secret == place.Secret)
            .ExecuteDeleteAsync();
        var mine = db.PushDevices.Where(one => one.PersonId == me.Id);
        var known = await mine.Where(one => one.Key == key || one.SessionId == me.Session).ToListAsync();
        // What the browser was before takes its new place, and remembers what it was told.
        var device = known.Find(one => one.Key == key) ?? known.FirstOrDefault();
        db.PushDevices.RemoveRange(known.Where(one => one != device && one.SessionId == me.Session));
        var isNew = device is null;
        device ??= await AddAsync(db, me.Id, key);
        (device.Endpoint, device.Key, device.SessionId) = (place.Endpoint, key, me.Session);
        (device.PublicKey, device.Secret, device.Name) = (place.PublicKey, place.Secret, name);
        device.ConfirmedAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync();
        return (device.Id, isNew);
    }

    private async Task<PushDevice> AddAsync(MarketplaceDbContext db, long personId, string key)
    {
        var mine = db.PushDevices.Where(one => one.PersonId == personId);
        var kept = mine.OrderByDescending(one => one.ConfirmedAt).Take(MaxDevices - 1).Select(one => one.Id);
        await mine.Where(one => !kept.Contains(one.Id)).ExecuteDeleteAsync();
        var last = await db.Notices.Where(one => one.PersonId == personId).MaxAsync(one => (long?)one.Id);
        var device = new PushDevice
        {
            PersonId = personId,
            Endpoint = "",
            Key = key,
            PublicKey = "",
            Secret = "",
            AddedAt = clock.GetUtcNow().UtcDateTime,
            Told = PushTold.From(last ?? 0),
        };
        db.PushDevices.Add(device);
        return device;
    }

    private Task<int> AcceptedAsync(long id)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return transactions.InTransactionAsync(db =>
            db.PushDevices.Where(device => device.Id == id)
                .ExecuteUpdateAsync(device => device.SetProperty(d => d.AcceptedAt, now))
        );
    }

    private IQueryable<PushDeviceView> Views(IQueryable<PushDevice> devices)
    {
        var session = currentUser.SessionId;
        return devices
            .OrderByDescending(device => device.SessionId == session)
            .ThenByDescending(device => device.ConfirmedAt)
            .Select(device => new PushDeviceView(
                device.Id,
                device.Name,
                device.AddedAt,
                device.ConfirmedAt,
                device.AcceptedAt,
                device.SessionId == session
            ));
    }

    private static IQueryable<PushDevice> Mine(MarketplaceDbContext db, long personId, long id) =>
        db.PushDevices.Where(device => device.PersonId == personId && device.Id == id);

    private Refusal Refuse(RefusalKind kind, string why) => new(kind, texts[why]);
}
