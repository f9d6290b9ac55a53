using Marketplace.Web.Outbox;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Notifications;

public static class NotificationSetup
{
    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StopMails>();
        builder.Services.AddSingleton<UnreadMail>();
        builder.Services.AddSingleton<IOutboxWorker, NoticeWorker>();
        builder.Services.AddScoped<NotificationService>();
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
    private static async Task<IResult> StopAsync(
        string? token,
        [FromForm(Name = "List-Unsubscribe")] string? oneClick,
        StopMails stop
    )
    {
        var isGood = await stop.StopAsync(token);
        if (oneClick is not null)
            return isGood ? TypedResults.Ok() : TypedResults.NotFound();
        return TypedResults.LocalRedirect($"~{StopMails.Page}?stopped={(isGood ? "true" : "false")}");
    }
}
