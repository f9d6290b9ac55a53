using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Notifications;

public static class NotificationSetup
{
    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StopMails>();
        builder.Services.AddSingleton<UnreadMail>();
        builder.Services.AddSingleton<IOutboxWorker, NoticeWorker>();
        builder.Services.AddScoped<NotificationService>();
        builder.AddPush();
        return builder;
    }

    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder app)
    {
        // Without antiforgery: mail providers post here, and the token says for whom.
        app.MapPost(StopMails.Post, StopAsync)
            .DisableAntiforgery()
            .WithMetadata(new LimitedAttribute("StopMails", 60));
        return app;
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
