using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Files;

/// <param name="Folder"><c>Files:Path</c>: where files lie, unless they lie in a bucket.</param>
/// <param name="Bucket"><c>Files:S3:*</c>; null: none.</param>
public sealed record FileSettings(string Folder, BucketSettings? Bucket)
{
    /// <param name="root">What a relative path begins at.</param>
    public static FileSettings Read(IConfiguration configuration, string root)
    {
        var path = configuration["Files:Path"];
        var folder = string.IsNullOrWhiteSpace(path) ? Path.Combine("App_Data", "files") : path;
        return new(Path.Combine(root, folder), BucketSettings.Read(configuration.GetSection("Files:S3")));
    }
}

/// <param name="Endpoint">Of a store that is not Amazon's.</param>
/// <param name="Keys">Null: those that the machine was given, as Amazon's SDK finds them.</param>
public sealed record BucketSettings(string Name, Uri? Endpoint, string Region, AWSCredentials? Keys)
{
    private const string AnyRegion = "us-east-1";

    internal static BucketSettings? Read(IConfigurationSection section)
    {
        var (endpoint, region) = (section["Endpoint"], section["Region"]);
        if (section["Bucket"] is not { Length: > 0 } bucket)
            return section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value))
                ? throw new SettingException(
                    $"{section.Path}:Bucket",
                    null,
                    "the name of a bucket, with the other keys"
                )
                : null;
        if (string.IsNullOrWhiteSpace(endpoint) && string.IsNullOrWhiteSpace(region))
            throw new SettingException($"{section.Path}:Region", region, "the bucket's region, or an Endpoint");
        return new(
            bucket,
            Url(section, endpoint),
            string.IsNullOrWhiteSpace(region) ? AnyRegion : region,
            KeysOf(section)
        );
    }

    /// <summary>Waits for an answer at most twice ten seconds: people wait for what it does.</summary>
    internal IAmazonS3 Connect()
    {
        var client = new AmazonS3Config
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxErrorRetry = 1,
            // Stores other than Amazon's do not all know the newer ones.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (Endpoint is null)
            client.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        else
            (client.ServiceURL, client.AuthenticationRegion, client.ForcePathStyle) = (
                Endpoint.ToString(),
                Region,
                true
            );
        return Keys is null ? new WholeBodies(client) : new WholeBodies(Keys, client);
    }

    private static Uri? Url(IConfigurationSection section, string? endpoint)
    {
        if (string.IsNullOrWhiteSpace(endpoint))
            return null;
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new SettingException(
                $"{section.Path}:Endpoint",
                endpoint,
                "the store's http or https address, such as http://10.0.0.7:9000"
            );
    }

    // The secret is not repeated in what is said.
    private static BasicAWSCredentials? KeysOf(IConfigurationSection section) =>
        (section["AccessKey"], section["SecretKey"]) switch
        {
            (null or "", null or "") => null,
            ({ Length: > 0 } id, { Length: > 0 } secret) => new(id, secret),
            (null or "", _) => throw new SettingException($"{section.Path}:AccessKey", null, "the id of the SecretKey"),
            _ => throw new SettingException($"{section.Path}:SecretKey", null, "the secret of the AccessKey"),
        };

    /// <summary>Signs each body as a whole: many stores, and proxies before them, do not read one that is signed in chunks.</summary>
    private sealed class WholeBodies : AmazonS3Client
    {
        public WholeBodies(AmazonS3Config config)
            : base(config) { }

        public WholeBodies(AWSCredentials keys, AmazonS3Config config)
            : base(keys, config) { }

        public override Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellation)
        {
            request.UseChunkEncoding = false;
            return base.PutObjectAsync(request, cancellation);
        }

        public override Task<UploadPartResponse> UploadPartAsync(
            UploadPartRequest request,
            CancellationToken cancellation
        )
        {
            request.UseChunkEncoding = false;
            return base.UploadPartAsync(request, cancellation);
        }
    }
}
