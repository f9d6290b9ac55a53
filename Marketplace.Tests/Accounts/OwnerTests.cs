using System.Net;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Accounts;

/// <summary>Ana's account, and who acts in it.</summary>
public abstract class OwnerTests : IAsyncLifetime
{
    protected SmtpApp Site { get; } = new();
    protected Person Ana { get; private set; } = default!;

    public async Task InitializeAsync() => Ana = await Site.App.JoinAsync("Ana");

    public Task DisposeAsync() => Site.DisposeAsync().AsTask();

    protected async Task<HttpClient> SignInAsync()
    {
        var browser = Site.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(browser, MarketplaceApp.Password)).StatusCode);
        return browser;
    }

    protected Task<HttpResponseMessage> EnterAsync(HttpClient browser, string password) =>
        EnterAsync(browser, Ana.Email, password);

    protected static Task<HttpResponseMessage> EnterAsync(HttpClient browser, string email, string password) =>
        browser.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );
}
