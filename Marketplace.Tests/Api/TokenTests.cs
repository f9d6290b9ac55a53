using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Marketplace.Tests.Support;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Marketplace.Tests.Api;

/// <summary>How the tokens of a program end.</summary>
public sealed class TokenTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>, IAsyncLifetime
{
    private Person ana = default!;

    public async Task InitializeAsync() => ana = await app.JoinAsync("Ana");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Signing_out_of_the_API_ends_both_tokens_and_the_connection()
    {
        var tokens = await LoginAsync();
        using var client = With(tokens);
        await using var hub = await HubClient.ConnectAsync(app, tokens.AccessToken);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/account/logout", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(tokens)).StatusCode);
        await Eventually.TrueAsync(() => hub.IsClosed, "the hub closed the connection");
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_second_use_ends_the_session()
    {
        var first = await LoginAsync();
        var answer = await RefreshAsync(first);
        var second = (await answer.Content.ReadFromJsonAsync<AccessTokenResponse>())!;
        using var client = With(second);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(second)).StatusCode);
    }

    [Fact]
    public async Task Of_many_who_use_a_refresh_token_at_once_one_gets_tokens()
    {
        var first = await LoginAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RefreshAsync(first)));
        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.OK), 0, 1);
        Assert.All(
            answers,
            answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized)
        );
    }

    private async Task<AccessTokenResponse> LoginAsync()
    {
        using var client = app.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/account/login", new { ana.Email, MarketplaceApp.Password });
        return (await answer.Content.ReadFromJsonAsync<AccessTokenResponse>())!;
    }

    private async Task<HttpResponseMessage> RefreshAsync(AccessTokenResponse tokens)
    {
        using var client = app.CreateClient();
        return await client.PostAsJsonAsync("/api/account/refresh", new { tokens.RefreshToken });
    }

    private HttpClient With(AccessTokenResponse tokens)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return client;
    }
}
