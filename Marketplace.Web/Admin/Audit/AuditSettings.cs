using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Audit;

/// <param name="KeyFile">
/// <c>Audit:KeyFile</c>: the private key (PEM, P-256) that signs checkpoints and exports; made if there is none. Outside
/// the database, so that who can write to that cannot sign.
/// </param>
/// <param name="ShowsLooks"><c>Audit:ShowLooks</c>: whether each look at a room is shown to the two who talk there.</param>
/// <param name="Anchor"><c>Audit:Anchor</c>: where checkpoints go: a file, <c>log</c>, or an HTTPS address.</param>
public sealed record AuditSettings(string KeyFile, AuditAnchor Anchor, bool ShowsLooks)
{
    private const string KeyFileKey = "Audit:KeyFile";
    private const string AnchorKey = "Audit:Anchor";
    private const string Log = "log";

    public static AuditSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        string At(string path) => Path.GetFullPath(path, environment.ContentRootPath);
        var key = configuration[KeyFileKey];
        return new(
            At(string.IsNullOrWhiteSpace(key) ? "App_Data/audit-key.pem" : key),
            ReadAnchor(configuration[AnchorKey], At),
            configuration.Flag("Audit:ShowLooks", fallback: true)
        );
    }

    private static AuditAnchor ReadAnchor(string? read, Func<string, string> at)
    {
        if (string.IsNullOrWhiteSpace(read))
            return new(File: at("App_Data/audit-checkpoints.jsonl"), Url: null);
        if (read == Log)
            return new(File: null, Url: null);
        if (!read.Contains("://", StringComparison.Ordinal))
            return new(at(read), Url: null);
        return Uri.TryCreate(read, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? new(File: null, url)
            : throw new SettingException(AnchorKey, read, "a file, log, or an https:// address");
    }
}

/// <param name="File">Null with <paramref name="Url"/>, and if both are null checkpoints go to the system's log.</param>
public sealed record AuditAnchor(string? File, Uri? Url);
