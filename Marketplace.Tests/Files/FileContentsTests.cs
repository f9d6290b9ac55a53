using System.Security.Cryptography;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Tests.Files;

/// <summary>A folder and a bucket keep the same promises.</summary>
public sealed class FileContentsTests
{
    // Several parts, for a bucket.
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(20 << 20);

    [Fact]
    public async Task A_folder_keeps_its_promises()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-contents-");
        await KeepsItsPromisesAsync(new FolderContents(folder.FullName));
        folder.Delete(recursive: true);
    }

    [NodeFact(BucketServer.Packages)]
    public async Task A_bucket_keeps_the_same_promises()
    {
        await using var server = await BucketServer.StartNewAsync();
        var settings = FileSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(server.Settings).Build(),
            "/nowhere"
        );
        await KeepsItsPromisesAsync(
            new BucketContents(settings.Bucket!.Connect(), "uploads", NullLogger<BucketContents>.Instance)
        );
    }

    private static async Task KeepsItsPromisesAsync(IFileContents contents)
    {
        var (small, large) = (new FileName(Guid.NewGuid()), new FileName(Guid.NewGuid(), "archives"));
        Assert.Empty(await NamesAsync(contents, "", DateTime.MaxValue));
        Assert.Null(await contents.OpenAsync(small, CancellationToken.None));
        await contents.WriteAsync(small, file => file.WriteAsync("abc"u8.ToArray()).AsTask(), CancellationToken.None);
        await contents.WriteAsync(large, file => file.WriteAsync(Large).AsTask(), CancellationToken.None);

        Assert.Equal("abc"u8.ToArray(), await ReadAsync(contents, small, from: 0));
        Assert.Equal(Large, await ReadAsync(contents, large, from: 0));
        Assert.Equal(Large[^100..], await ReadAsync(contents, large, from: Large.Length - 100));
        Assert.Empty(await ReadAsync(contents, large, from: Large.Length));

        Assert.Equal([small], await NamesAsync(contents, "", DateTime.MaxValue));
        Assert.Equal([large], await NamesAsync(contents, "archives", DateTime.MaxValue));
        Assert.Empty(await NamesAsync(contents, "", DateTime.UtcNow.AddMinutes(-5)));

        // What breaks off while it is written is not there, and nor is what was deleted.
        var broken = new FileName(Guid.NewGuid());
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            contents.WriteAsync(broken, BreakAsync, CancellationToken.None)
        );
        Assert.Null(await contents.OpenAsync(broken, CancellationToken.None));
        Assert.True(await contents.TryDeleteAsync(small));
        Assert.True(await contents.TryDeleteAsync(small));
        Assert.Null(await contents.OpenAsync(small, CancellationToken.None));
        Assert.Equal([large], await NamesAsync(contents, "archives", DateTime.MaxValue));
    }

    private static async Task BreakAsync(Stream file)
    {
        await file.WriteAsync("ab"u8.ToArray());
        throw new InvalidDataException();
    }

    private static async Task<byte[]> ReadAsync(IFileContents contents, FileName name, long from)
    {
        await using var stream = await contents.OpenAsync(name, CancellationToken.None);
        stream!.Position = from;
        Assert.Equal(from, stream.Position);
        var bytes = new byte[stream.Length - from];
        await stream.ReadExactlyAsync(bytes);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        return bytes;
    }

    private static async Task<List<FileName>> NamesAsync(IFileContents contents, string folder, DateTime before) =>
        await contents.NamesAsync(folder, before, CancellationToken.None).ToListAsync();
}
