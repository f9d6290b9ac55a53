using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Configuration;

namespace Marketplace.Tests.Files;

public sealed class BucketSettingTests
{
    [Theory]
    [InlineData("Files:S3:Bucket", "Endpoint=http://127.0.0.1:9000")]
    [InlineData("Files:S3:Region", "Bucket=uploads")]
    [InlineData("Files:S3:Endpoint", "Bucket=uploads", "Endpoint=ftp://127.0.0.1")]
    [InlineData("Files:S3:SecretKey", "Bucket=uploads", "Region=eu-south-2", "AccessKey=one")]
    [InlineData("Files:S3:AccessKey", "Bucket=uploads", "Region=eu-south-2", "SecretKey=hush")]
    public void What_is_half_set_is_refused_by_its_name_and_tells_no_secret(string named, params string[] set)
    {
        var refused = Assert.Throws<SettingException>(() => Read(set));
        Assert.Contains(named, refused.Message);
        Assert.DoesNotContain("hush", refused.Message);
    }

    [Fact]
    public void Without_a_bucket_files_lie_in_the_folder_and_with_one_the_machine_may_have_the_keys()
    {
        Assert.Equal("/site/App_Data/files", Read([]).Folder);
        Assert.Null(Read([]).Bucket);
        var bucket = Read(["Bucket=uploads", "Region=eu-south-2"]).Bucket!;
        Assert.Equal(("uploads", null, "eu-south-2", null), (bucket.Name, bucket.Endpoint, bucket.Region, bucket.Keys));
    }

    private static FileSettings Read(string[] set) =>
        FileSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    set.Select(one => one.Split('='))
                        .Select(pair => KeyValuePair.Create($"Files:S3:{pair[0]}", (string?)pair[1]))
                )
                .Build(),
            "/site"
        );
}
