using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Chat.Retention;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Marketplace.Web.Chat;

public static class ChatSetup
{
    public static WebApplicationBuilder AddChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var pace = ChatPace.Of(builder.Configuration);
        services.AddSingleton(provider => new ChatLimits(pace, provider.GetRequiredService<LimitBook>()));
        services.AddSingleton(NewRoomLimits.Of(builder.Configuration));
        services.AddSingleton<MessageJournal>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageJournal>());
        services.AddSingleton<Presence>();
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        if (RelaySettings.Read(builder.Configuration) is not null)
            services.AddHostedService<LiveComparison>();
        services.AddScoped<CircuitHandler, PresenceCircuitHandler>();
        services.AddScoped<ChatService>();
        services.AddScoped<ContactService>();
        services.AddScoped<MessageService>();
        services.AddScoped<MembershipService>();
        services.AddScoped<DealService>();
        services.AddScoped<OffersService>();
        services.AddScoped<RatingService>();
        services.AddSingleton<IRatings, RatingReader>();
        services.AddSingleton<IOutboxWorker, DealTimer>();
        services.AddSingleton<IOutboxWorker, ListingFollower>();
        services.AddScoped<IDeals>(provider => provider.GetRequiredService<DealService>());
        services.AddScoped<QuickReplyService>();
        services.AddScoped<InboxService>();
        services.AddScoped<InboxActions>();
        services.AddScoped<SearchService>();
        services.AddSingleton<IKeptFiles, RoomHolds>();
        services.AddSingleton<RoomRestricter>();
        services.AddSingleton<MessageModerator>();
        services.AddSingleton<MessagePurge>();
        services.AddSingleton<PicturePurge>();
        services.AddSingleton<UnreadRepair>();
        services.AddSingleton<UnreadChecker>();
        services.AddHostedService(provider => provider.GetRequiredService<UnreadChecker>());
        services.AddSingleton<IBlockedRooms>(provider => provider.GetRequiredService<RoomRestricter>());
        services.AddSingleton<IReportable, ReportedMessages>();
        services.AddSingleton<IEnquiries, EnquiryService>();
        services.AddScoped<IPersonalData, ChatData>();
        services.AddScoped<IPersonalData, DealData>();
        services.AddScoped<IPersonalData, RatingData>();
        return builder;
    }

    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder app)
    {
        app.MapPost("/listings/{id:long}/contact", ContactEndpoint.PostAsync)
            .WithMetadata(new LimitedAttribute("Contact", 60));
        app.MapGet("/messages/{roomId:long}/meeting.ics", MeetingEndpoint.GetAsync);
        app.MapGet("/messages/{roomId:long}/pictures/{name:guid}", PictureEndpoint.GetAsync);
        return app;
    }
}
