using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Web.Accounts;

public static class AccountSetup
{
    private const string SiteScheme = "Site";

    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        AddSchemes(services);
        services
            .AddIdentityCore<User>(Rules)
            .AddRoles<IdentityRole<long>>()
            .AddUserManager<AccountManager>()
            .AddSignInManager<AccountSignIn>()
            .AddPasswordValidator<PasswordRules>()
            .AddErrorDescriber<AccountErrors>()
            .AddEntityFrameworkStores<MarketplaceDbContext>()
            .AddUserStore<AccountStore>()
            .AddDefaultTokenProviders();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddScoped<ILookupNormalizer, AccountKeys>();
        services.AddSingleton(SecuritySettings.Of(builder.Configuration, builder.Environment));
        AddCredentials(builder);
        services.AddSingleton(SessionSettings.Of(builder.Configuration));
        services.AddSingleton<SessionClock>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionClock>());
        services.AddHostedService<SuspensionEnds>();
        services.AddScoped<SessionService>();
        services.AddSingleton<AccountStates>();
        if (RelaySettings.Read(builder.Configuration) is not null)
            services.AddHostedService<AccountComparison>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<ReaderHabits>();
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<RegistrationService>();
        services.AddScoped<AccountClosing>();
        services.AddScoped<IPersonalData, AccountData>();
        services.AddSingleton<ClosedAccounts>();
        services.AddHostedService(provider => provider.GetRequiredService<ClosedAccounts>());
        services.AddArchives();
        services.AddScoped<AccountMails>();
        services.AddTransient<IClaimsTransformation, CurrentClaims>();
        services.AddScoped<CircuitHandler, AccountCircuitHandler>();
        services.AddMemoryCache();
        services.AddSingleton<CircuitOwners>();
        services.AddSignalR(options => options.AddFilter<CircuitOwners>());
        return builder;
    }

    public static async Task EnsureAdministratorAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync();
    }

    public static IApplicationBuilder UseAccounts(this IApplicationBuilder app) =>
        app.UseAuthentication()
            .Use(
                async (http, next) =>
                {
                    // Without this, an ended session would be answered as forbidden instead of asked to sign in.
                    if (http.User.Identity is not { IsAuthenticated: true })
                        http.Features.Set<IAuthenticateResultFeature>(null);
                    var current = http.RequestServices.GetRequiredService<CurrentUser>();
                    current.ActAs(http.User);
                    await current.UseAsync();
                    await http.RequestServices.GetRequiredService<ReaderHabits>().RememberAsync(http);
                    await next(http);
                }
            )
            .Use(PersonLimits.BoundAsync)
            .UseAuthorization()
            .Use(AskForProof);

    private static void LogRefusals(RateLimiterOptions options)
    {
        var answer = options.OnRejected;
        options.OnRejected = (context, cancellation) =>
        {
            context
                .HttpContext.RequestServices.GetRequiredService<SecurityLog>()
                .Write(SecurityEvent.LimitReached, null);
            return answer?.Invoke(context, cancellation) ?? ValueTask.CompletedTask;
        };
    }

    // A form that was opened in time is asked for as well when it is sent too late.
    private static async Task AskForProof(HttpContext http, RequestDelegate next)
    {
        var proof = http.GetEndpoint()?.Metadata.GetMetadata<FreshProofAttribute>();
        var isAsked = proof is not null && !(proof.MayLook && HttpMethods.IsGet(http.Request.Method));
        if (!isAsked || await http.RequestServices.GetRequiredService<CurrentUser>().IsProvedAsync())
            await next(http);
        else
            http.Response.Redirect(LocalUrl.Carry("/account/manage/proof", proof!.Page ?? http.Request.Path));
    }

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/logout", LogoutEndpoint.PostAsync);
        PasskeyEndpoints.Map(app);
        ArchiveEndpoint.Map(app);
        return app;
    }

    private static void AddCredentials(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var guesses = configuration.Number("Limits:Guesses", 5, 0, 1_000);
        var isLimited = configuration.Flag("Limits:Enabled", fallback: true);
        services.AddSingleton(provider => new CredentialLimits(
            isLimited ? guesses : 0,
            provider.GetRequiredService<LimitBook>()
        ));
        // OWASP's figure for PBKDF2 with SHA-512 (Password Storage Cheat Sheet). Identity hashes again at sign-in.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The device then asks for a fingerprint or PIN itself, so that a passkey is both factors.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.PostConfigure<RateLimiterOptions>(LogRefusals);
        services.AddSingleton<PersonLimits>();
        services.AddSingleton<KnownDevices>();
        services.AddScoped<CredentialService>();
        services.AddScoped<TakeBack>();
        services.AddScoped<SecurityLog>();
    }

    private static void AddSchemes(IServiceCollection services)
    {
        var authentication = services.AddAuthentication(SiteScheme);
        authentication.AddPolicyScheme(
            SiteScheme,
            null,
            site => site.ForwardDefaultSelector = http => CarriesToken(http.Request) ? Bearer : Cookie
        );
        authentication.AddBearerToken(Bearer);
        authentication.AddIdentityCookies();
        services
            .AddOptions<CookieAuthenticationOptions>(Cookie)
            .Configure<CookieNames>((options, names) => options.Cookie.Name = names.Of("session"));
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure<CookieNames>((options, names) => options.Cookie.Name = names.Of("second-step"));
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/account/login";
            options.LogoutPath = "/account/logout";
            // The session expires by itself and slides with its use; the cookie lasts as long as a session can.
            options.SlidingExpiration = false;
            // Our pages redirect by themselves, to addresses that LocalUrl accepts; the handler would take any of this host.
            options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            options.Events.OnRedirectToLogin = AnswerOrRedirect(StatusCodes.Status401Unauthorized);
            // CurrentClaims checks every request; Identity's validator would keep a context as long as a page is open.
            options.Events.OnValidatePrincipal = _ => Task.CompletedTask;
        });
    }

    private static string Bearer => IdentityConstants.BearerScheme;
    private static string Cookie => IdentityConstants.ApplicationScheme;

    internal static bool CarriesToken(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> AnswerOrRedirect(int status) =>
        context =>
        {
            if (CallPaths.IsCall(context.Request.Path))
                return Answer(context.Response, status);
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void Rules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        // User names are e-mail addresses, which may contain apostrophes and letters of any language.
        options.User.AllowedUserNameCharacters = "";
        // Length protects more than character mixtures (NIST SP 800-63B).
        options.Password.RequiredLength = 8;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 1;
        // Far above CredentialLimits: only guesses from many networks get here.
        options.Lockout.MaxFailedAccessAttempts = 20;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromHours(1);
    }
}
