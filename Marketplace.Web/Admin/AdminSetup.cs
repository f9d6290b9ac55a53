using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Replay;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Admin.Retention;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Admin.Transparency;
using Marketplace.Web.Admin.Wall;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Marketplace.Web.Admin;

public static class AdminSetup
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(AuditSettings.Read(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<SigningKey>();
        builder.Services.AddSingleton<AuditCheck>();
        builder.Services.AddHostedService<AuditCheckpoints>();
        builder.Services.AddScoped<AuditRecord>();
        builder.Services.AddScoped<ILookRecord>(provider => provider.GetRequiredService<AuditRecord>());
        builder.Services.AddScoped<AuditService>();
        builder.Services.AddScoped<SupervisionService>();
        builder.Services.AddScoped<MessageSearchService>();
        builder.Services.AddScoped<RoomWriteService>();
        builder.Services.AddSingleton<WallFeed>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WallFeed>());
        builder.Services.AddScoped<WallService>();
        builder.Services.AddScoped<ReplayService>();
        builder.Services.AddScoped<SavedFilterService>();
        builder.Services.AddScoped<PersonFileService>();
        builder.Services.AddScoped<NoteService>();
        builder.Services.AddScoped<PersonChanges>();
        builder.Services.AddScoped<PeopleService>();
        builder.Services.AddScoped<ReportDecisions>();
        builder.Services.AddScoped<ReportReviewService>();
        builder.Services.AddScoped<ReportPictureLooks>();
        builder.Services.AddScoped<DecidedContents>();
        builder.Services.AddScoped<CaseService>();
        builder.Services.AddScoped<CaseActions>();
        builder.Services.AddScoped<PeopleActions>();
        builder.Services.AddScoped<RoomActService>();
        builder.Services.AddScoped<RoomHoldService>();
        builder.Services.AddScoped<TranscriptSource>();
        builder.Services.AddScoped<TranscriptPage>();
        builder.Services.AddScoped<TranscriptMaker>();
        builder.Services.AddScoped<TranscriptService>();
        builder.Services.AddSingleton<SiteQueues>();
        builder.Services.AddSingleton<SiteGauges>();
        builder.Services.AddSingleton<DayCounter>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DayCounter>());
        builder.Services.AddSingleton(RetentionSettings.Read(builder.Configuration));
        builder.Services.AddSingleton<AuditCutter>();
        builder.Services.AddSingleton<RetentionJob>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RetentionJob>());
        builder.Services.AddScoped<RetentionService>();
        builder.Services.AddScoped<DashboardService>();
        builder.Services.AddScoped<UnreadService>();
        builder.Services.AddScoped<TransparencyService>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/admin")
            .RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadersOfRecord });
        admin.MapGet("/audit/export", AuditExport.GetAsync);
        admin
            .MapPost("/rooms/{roomId:long}/transcript", TranscriptEndpoint.PostAsync)
            .RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Administrator })
            .WithMetadata(new LimitedAttribute("Transcript", 10))
            .DisableAntiforgery();
        admin.MapGet("/reports/{id:long}/pictures/{name:guid}", ReportPictureLooks.GetAsync);
        admin.MapGet("/transparency/export", TransparencyExport.GetAsync);
        // Unknown addresses require sign-in first, so that everybody gets the same 404.
        admin.Map("/{**rest}", () => TypedResults.NotFound());
        return app;
    }
}
