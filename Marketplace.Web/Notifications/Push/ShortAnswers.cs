namespace Marketplace.Web.Notifications.Push;

/// <summary>Reads a little of each answer in time; the library would read the whole, however long and slow.</summary>
internal sealed class ShortAnswers : DelegatingHandler
{
    private const int MaxLength = 1_000;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var start = new byte[MaxLength];
        var length = await body.ReadAtLeastAsync(start, MaxLength, throwOnEndOfStream: false, cancellationToken);
        answer.Content = new ByteArrayContent(start, 0, length);
        return answer;
    }
}
