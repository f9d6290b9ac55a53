using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Marketplace.Tests.Support;

/// <summary>A browser without rendering or scripts: cookies and forms only.</summary>
public static partial class SiteClient
{
    public static HttpClient Visitor(MarketplaceApp app)
    {
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("Accept-Language", "es");
        return client;
    }

    public static async Task<HttpClient> SignedInAsync(MarketplaceApp app, Person person)
    {
        var client = Visitor(app);
        await client.SignInAsync(person);
        return client;
    }

    public static async Task SignInAsync(this HttpClient client, Person person)
    {
        var answer = await client.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = person.Email,
                ["Form.Password"] = MarketplaceApp.Password,
            }
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>Opens a page and submits a form with its token, to the same or another address.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient client,
        string page,
        Dictionary<string, string> fields,
        string? action = null
    )
    {
        var html = await client.GetStringAsync(page);
        fields["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value;
        return await client.PostAsync(action ?? page, new FormUrlEncodedContent(fields));
    }

    /// <summary>The path and query that a redirect leads to.</summary>
    public static string? LeadsTo(this HttpResponseMessage answer) =>
        answer.Headers.Location is { } to ? new Uri(new Uri("http://localhost"), to).PathAndQuery : null;

    /// <summary>Uploads as the form for listings does.</summary>
    /// <param name="also">Sent as the thumbnail, which the server makes itself.</param>
    public static async Task<HttpResponseMessage> PostPictureAsync(
        this HttpClient client,
        byte[] bytes,
        byte[]? also = null
    )
    {
        var html = await client.GetStringAsync("/listings/new");
        using var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent
        {
            { part, "photo", "foto.jpg" },
            { new StringContent(Token().Match(html).Groups[1].Value), "__RequestVerificationToken" },
        };
        using var other = new ByteArrayContent(also ?? []);
        if (also is not null)
            form.Add(other, "thumbnail", "small.jpg");
        // The script does not ask for a page.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/files") { Content = form };
        request.Headers.Accept.ParseAdd("*/*");
        return await client.SendAsync(request);
    }

    public static async Task<(HttpStatusCode Status, string Answer)> UploadAsync(
        this HttpClient client,
        byte[] bytes,
        byte[]? also = null
    )
    {
        using var answer = await client.PostPictureAsync(bytes, also);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
