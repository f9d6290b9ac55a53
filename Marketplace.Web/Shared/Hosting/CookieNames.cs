namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// Names the site's cookies. Outside Development they begin with <c>__Host-</c>: browsers then accept them only over
/// TLS, from this host and for all of it.
/// </summary>
public sealed class CookieNames(IHostEnvironment environment)
{
    public string Of(string name) => environment.IsDevelopment() ? $"marketplace.{name}" : $"__Host-marketplace.{name}";
}
