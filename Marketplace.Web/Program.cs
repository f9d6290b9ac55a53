using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Api;
using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Files;
using Marketplace.Web.Layout;
using Marketplace.Web.Listings;
using Marketplace.Web.Mail;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;

try
{
    args = TranscriptCommand.Read(AuditCommand.Read(args));
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddData();
    builder.AddSiteMetrics();
    builder.AddFigures();
    builder.AddFiles();
    builder.AddOutbox();
    builder.AddMail();
    builder.AddRealtime();
    builder.AddPages();
    builder.AddAccounts();
    builder.AddSafety();
    builder.AddListings();
    builder.AddChat();
    builder.AddNotifications();
    builder.AddAdmin();
    builder.AddApi();

    await using var app = builder.Build();
    if ((await AuditCommand.RunAsync(app, args) ?? await TranscriptCommand.RunAsync(app, args)) is { } code)
        return code;
    await using (await app.PrepareDataAsync())
        await app.EnsureAdministratorAsync();

    app.UseHosting();
    app.UsePages();
    app.UseRequestLocalization();
    app.UseAccounts();
    app.UseListings();
    app.UseApi();
    app.UseForms();
    app.MapHealth();
    app.MapPages();
    app.MapAccounts();
    app.MapSafety();
    app.MapListings();
    app.MapChat();
    app.MapNotifications();
    app.MapAdmin();
    app.MapApi();
    app.PrintWelcome();
    return await app.RunToEndAsync();
}
catch (Exception exception) when (exception is SettingException or DatabaseUnavailableException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
// Design-time tools stop the host with HostAbortedException.
catch (Exception exception) when (exception is not HostAbortedException)
{
    LogSetup.WriteFailure(exception);
    return 1;
}

public partial class Program;
