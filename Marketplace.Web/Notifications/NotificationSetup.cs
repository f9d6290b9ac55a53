using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Notifications;

public static class NotificationSetup
{
    private const string StreamPath = "/notifications/stream";

    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StopMails>();
        builder.Services.AddSingleton<UnreadMail>();
        builder.Services.AddSingleton<IOutboxWorker, NoticeWorker>();
        builder.Services.AddScoped<NotificationService>();
        builder.Services.AddScoped<NoticeService>();
        builder.Services.AddScoped<NoticeFeed>();
        builder.Services.AddScoped<IPersonalData, NotificationData>();
        builder.Services.AddHostedService<NoticeSweep>();
        builder.AddPush();
        return builder;
    }

    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder app)
    {
        // Without antiforgery: mail providers post here, and the token says for whom.
        app.MapPost(StopMails.Post, StopAsync)
            .DisableAntiforgery()
            .WithMetadata(new LimitedAttribute("StopMails", 60));
        // What mail programs that cannot post open: a page that changes nothing.
        app.MapGet(
            StopMails.Post,
            (string? token) =>
                TypedResults.LocalRedirect($"~{StopMails.Page}?token={Uri.EscapeDataString(token ?? "")}")
        );
        app.MapGet("/notifications/{id:long}", OpenAsync).RequireAuthorization();
        app.MapPost("/notifications/read", ReadAsync)
            .RequireAuthorization()
            .DisableAntiforgery()
            .WithMetadata(new LimitedAttribute("Calls", 3_000));
        app.MapGet(StreamPath, StreamAsync).WithMetadata(new LimitedAttribute("Streams", 600) { Looks = true });
        return app;
    }

    private static async Task<IResult> ReadAsync(
        [FromForm] long upTo,
        HttpContext http,
        IAntiforgery antiforgery,
        NoticeService notices
    )
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.BadRequest();
        await notices.MarkReadAsync(upTo);
        return TypedResults.LocalRedirect("~/notifications?read=true");
    }

    // A notice outside rooms is read by following it.
    private static async Task<IResult> OpenAsync(long id, NoticeService notices) =>
        TypedResults.LocalRedirect($"~{await notices.OpenAsync(id) ?? "/notifications"}");

    // A page of a session that is over is no error: 204 tells its browser to listen no more.
    private static async Task<IResult> StreamAsync(
        HttpContext http,
        CurrentUser currentUser,
        NoticeFeed stream,
        IHostApplicationLifetime host,
        CancellationToken cancellation
    )
    {
        if (await currentUser.FindAsync() is null)
            return TypedResults.NoContent();
        // Nginx would hold back events.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        http.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(stream.ReadAsync(ends.Token));
    }

    // A mail provider must get no redirect (RFC 8058); a person is shown what happened.
    private static async Task<IResult> StopAsync(string? token, HttpRequest request, StopMails stop)
    {
        var isGood = await stop.StopAsync(token);
        // Read here, because our own form has no fields.
        var isOneClick = request.HasFormContentType && (await request.ReadFormAsync()).ContainsKey("List-Unsubscribe");
        if (isOneClick)
            return isGood ? TypedResults.Ok() : TypedResults.NotFound();
        return TypedResults.LocalRedirect($"~{StopMails.Page}?stopped={(isGood ? "true" : "false")}");
    }
}
