namespace Marketplace.Web.Shared.Hosting;

/// <param name="Prometheus"><c>Metrics:Prometheus</c>: where <c>/metrics</c> is answered, on a port of its own; null: nowhere.</param>
/// <param name="Otlp"><c>Metrics:Otlp</c>: the collector that gets them each minute (OTLP over HTTP); null: none.</param>
/// <param name="Traced"><c>Metrics:Traces</c>: how many messages in a thousand are followed, for the collector.</param>
public sealed record MetricsSettings(Uri? Prometheus, Uri? Otlp, int Traced)
{
    private const string PrometheusKey = "Metrics:Prometheus";
    private const string OtlpKey = "Metrics:Otlp";

    public bool IsOn => Prometheus is not null || Otlp is not null;

    public static MetricsSettings Read(IConfiguration configuration) =>
        new(
            Read(
                configuration,
                PrometheusKey,
                url => url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/",
                "an http address with a port of its own, such as http://127.0.0.1:9464"
            ),
            Read(
                configuration,
                OtlpKey,
                url => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps,
                "the address of a collector, such as http://127.0.0.1:4318"
            ),
            configuration.Number("Metrics:Traces", 0, 0, 1_000)
        );

    private static Uri? Read(IConfiguration configuration, string key, Func<Uri, bool> isRight, string allowed)
    {
        var read = configuration[key];
        if (string.IsNullOrWhiteSpace(read))
            return null;
        return Uri.TryCreate(read, UriKind.Absolute, out var url) && isRight(url)
            ? url
            : throw new SettingException(key, read, allowed);
    }
}
