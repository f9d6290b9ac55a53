using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Api;

/// <summary>SignalR's JSON protocol, with its error prefix removed and a code for calls it could not read.</summary>
internal sealed partial class HubErrors(IOptions<JsonHubProtocolOptions> options, IStringLocalizer<ApiTexts> texts)
    : IHubProtocol
{
    private const string Mark = "HubException: ";

    private readonly JsonHubProtocol json = new(options);

    public string Name => json.Name;
    public int Version => json.Version;
    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input,
        IInvocationBinder binder,
        [NotNullWhen(true)] out HubMessage? message
    ) => json.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) =>
        json.WriteMessage(Plain(message), output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(Plain(message));

    private HubMessage Plain(HubMessage message) =>
        message is CompletionMessage { Error: { } error, InvocationId: { } call }
            ? CompletionMessage.WithError(call, Plain(error))
            : message;

    private string Plain(string error)
    {
        var at = error.IndexOf(Mark, StringComparison.Ordinal);
        var sentence = at < 0 ? "" : error[(at + Mark.Length)..];
        return OfOurs().IsMatch(sentence) ? sentence : $"invalid: {texts["Hub.Unreadable"]}";
    }

    [GeneratedRegex("^[a-z_]+: ")]
    private static partial Regex OfOurs();
}

/// <summary>Sets the user of each hub call's scope; logs unexpected exceptions and answers an error.</summary>
internal sealed class HubCallFilter(IStringLocalizer<ApiTexts> texts, ILogger<HubCallFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        ActAs(invocationContext.ServiceProvider, invocationContext.Context);
        await invocationContext.ServiceProvider.GetRequiredService<CurrentUser>().UseAsync();
        if (invocationContext.HubMethodArguments.Contains(null))
            throw new HubException($"invalid: {texts["Hub.Unreadable"]}");
        try
        {
            return await next(invocationContext);
        }
        catch (Exception exception) when (exception is not HubException)
        {
            log.LogError(exception, "The hub's {Method} failed", invocationContext.HubMethodName);
            throw new HubException($"busy: {texts["Hub.Failed"]}");
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ActAs(context.ServiceProvider, context.Context);
        return next(context);
    }

    private static void ActAs(IServiceProvider services, HubCallerContext context)
    {
        if (context.User is { } user)
            services.GetRequiredService<CurrentUser>().ActAs(user);
    }
}
