using System.Diagnostics;

namespace Marketplace.Web.Shared;

/// <summary>
/// Follows single messages through the site: sent, stored, told, carried to another node, shown. No span names a person,
/// a room or a text. Nothing is made while nobody collects.
/// </summary>
public static class SiteTraces
{
    public const string Name = "Marketplace";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins what others follow; null while nobody collects.</summary>
    public static Activity? Begin(string step) =>
        Source.StartActivity(step, ActivityKind.Internal, default(ActivityContext));

    /// <summary>Goes on with what was begun elsewhere; null if nothing was.</summary>
    public static Activity? Follow(string step, ActivityContext before) =>
        before == default ? null : Source.StartActivity(step, ActivityKind.Internal, before);

    /// <summary>What the current step is, for whoever goes on with it on another thread; nothing for spans of others.</summary>
    public static ActivityContext Here =>
        Activity.Current is { } current && current.Source == Source ? current.Context : default;

    /// <summary>As W3C's <c>traceparent</c>; null if nothing is followed.</summary>
    public static string? Write(ActivityContext here) =>
        here == default ? null : $"00-{here.TraceId}-{here.SpanId}-{(byte)here.TraceFlags:x2}";

    public static ActivityContext Read(string? written) =>
        ActivityContext.TryParse(written, null, isRemote: true, out var before) ? before : default;
}
