using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Api;

/// <summary>The key that a browser subscribes with: <c>applicationServerKey</c>, in base64url.</summary>
public sealed record PushKeyAnswer(string PublicKey);

/// <summary>What a browser's <c>PushSubscription.toJSON()</c> gives.</summary>
public sealed record PushDeviceRequest(string? Endpoint, PushKeysRequest? Keys);

/// <summary>The browser's public key and secret (RFC 8291), in base64url.</summary>
public sealed record PushKeysRequest(string? P256dh, string? Auth);

internal static class PushEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var push = api.MapGroup("/account/push").RequireAuthorization().WithTags("push");
        push.MapGet("/key", KeyAsync)
            .WithName("pushKey")
            .Produces<PushKeyAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Gives the key to subscribe with")
            .WithDescription("404 where the site sends no push messages.");
        push.MapGet("/devices", ListAsync)
            .WithName("listPushDevices")
            .Produces<ListAnswer<PushDeviceView>>()
            .WithSummary("Lists the caller's devices that get push messages")
            .WithDescription("That of the caller's session first, then by when they were last confirmed.");
        push.MapPut("/devices", KeepAsync)
            .WithMetadata(new LimitedAttribute("Push", 60))
            .WithName("keepPushDevice")
            .Produces<PushDeviceView>()
            .Produces<PushDeviceView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Adds or confirms the device of the caller's session")
            .WithDescription(
                "A session has one device: another endpoint replaces it. The device ends with the session."
            );
        push.MapDelete("/devices/{id:long}", RemoveAsync)
            .WithName("removePushDevice")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Removes a device")
            .WithDescription("It gets nothing more until one of its pages adds it again.");
        push.MapPost("/devices/{id:long}/test", TestAsync)
            .WithMetadata(new LimitedAttribute("PushTest", 10))
            .WithName("testPushDevice")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Sends a test to a device")
            .WithDescription("202: its push service has taken it. 409: it takes none; the detail says what to do.");
    }

    private static async Task<IResult> KeyAsync(PushService push, HttpContext http)
    {
        var key = await push.KeyAsync();
        return key.Succeeded ? TypedResults.Ok(new PushKeyAnswer(key.Value)) : key.Refusal.Problem(http);
    }

    private static async Task<IResult> ListAsync(PushService push) =>
        TypedResults.Ok(new ListAnswer<PushDeviceView>(await push.ListAsync(), Next: null));

    private static async Task<IResult> KeepAsync(PushDeviceRequest request, PushService push, HttpContext http)
    {
        var (key, secret) = (request.Keys?.P256dh, request.Keys?.Auth);
        var kept = await push.KeepAsync(request.Endpoint, key, secret, http.Request.Headers.UserAgent);
        if (!kept.Succeeded)
            return kept.Refusal!.Problem(http);
        return kept.Value.IsNew
            ? TypedResults.Created("/api/account/push/devices", kept.Value.Device)
            : TypedResults.Ok(kept.Value.Device);
    }

    private static async Task<IResult> RemoveAsync(long id, PushService push, HttpContext http) =>
        await push.RemoveAsync(id) is { } refusal ? refusal.Problem(http) : TypedResults.NoContent();

    private static async Task<IResult> TestAsync(long id, PushService push, HttpContext http) =>
        await push.TestAsync(id) is { } refusal
            ? refusal.Problem(http)
            : TypedResults.Accepted("/api/account/push/devices");
}
