using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

/// <summary>What a site asks of its people.</summary>
/// <param name="ConfirmsEmail">
/// <c>Security:ConfirmEmail</c>: whether nobody signs in before the address is confirmed; by default outside Development
/// where mail is configured.
/// </param>
/// <param name="AsksFactorOfAdministrators">
/// <c>Security:AdminSecondFactor</c>: whether administrators need two-factor sign-in; by default outside Development.
/// </param>
/// <param name="AdmitsDemo">Whether the demo's people may sign in: in Development only.</param>
public sealed record SecuritySettings(bool ConfirmsEmail, bool AsksFactorOfAdministrators, bool AdmitsDemo)
{
    /// <summary>The domain of the demo's addresses.</summary>
    public const string DemoDomain = "@demo.local";

    public static SecuritySettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var isLive = !environment.IsDevelopment();
        var hasMail = !string.IsNullOrWhiteSpace(configuration["Smtp:Host"]);
        return new(
            configuration.Flag("Security:ConfirmEmail", fallback: isLive && hasMail),
            configuration.Flag("Security:AdminSecondFactor", fallback: isLive),
            AdmitsDemo: !isLive
        );
    }
}
