using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Files;

/// <summary>Objects in a bucket of an S3-compatible store.</summary>
internal sealed class BucketContents(IAmazonS3 store, string bucket, ILogger<BucketContents> log) : IFileContents
{
    private const string NoSuchKey = "NoSuchKey";

    // In a file first: the store wants to know how long it is, and a large one goes in parts.
    public async Task WriteAsync(FileName name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        await using var file = TemporaryFile.Open();
        await write(file);
        file.Position = 0;
        using var transfer = new TransferUtility(store);
        var upload = new TransferUtilityUploadRequest
        {
            BucketName = bucket,
            Key = name.ToString(),
            InputStream = file,
            AutoCloseStream = false,
        };
        await TryAsync(() => transfer.UploadAsync(upload, cancellation));
    }

    public async Task<Stream?> OpenAsync(FileName name, CancellationToken cancellation)
    {
        try
        {
            var first = await TryAsync(() => GetAsync(name, from: 0, cancellation));
            return new BucketStream(first, from => TryAsync(() => GetAsync(name, from, CancellationToken.None)));
        }
        catch (IOException exception) when (exception.InnerException is AmazonS3Exception { ErrorCode: NoSuchKey })
        {
            return null;
        }
    }

    public async Task<bool> TryDeleteAsync(FileName name)
    {
        try
        {
            await TryAsync(() => store.DeleteObjectAsync(bucket, name.ToString()));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<FileName> NamesAsync(
        string folder,
        DateTime before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = folder.Length == 0 ? "" : $"{folder}/",
            Delimiter = "/",
        };
        ListObjectsV2Response page;
        do
        {
            page = await TryAsync(() => store.ListObjectsV2Async(request, cancellation));
            foreach (var one in page.S3Objects ?? [])
                if (FileName.Read(folder, one.Key) is { } name && one.LastModified?.ToUniversalTime() < before)
                    yield return name;
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated is true);
    }

    // The bucket grows; what is on its way to it lies here.
    public void CheckRoom() => FolderContents.CheckRoom(Path.GetTempPath());

    private Task<GetObjectResponse> GetAsync(FileName name, long from, CancellationToken cancellation)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = name.ToString() };
        if (from > 0)
            request.ByteRange = new($"bytes={from}-");
        return store.GetObjectAsync(request, cancellation);
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception)
            when (exception is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            if (exception is not AmazonS3Exception { ErrorCode: NoSuchKey })
                log.LogWarning("The bucket does not do what it is asked: {Reason}", exception.Message);
            throw new IOException("The bucket does not do what it is asked.", exception);
        }
    }

    private Task<bool> TryAsync(Func<Task> ask) =>
        TryAsync(async () =>
        {
            await ask();
            return true;
        });
}
