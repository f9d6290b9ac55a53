using Marketplace.Web.Data;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Files;

public static class FileSetup
{
    public static WebApplicationBuilder AddFiles(this WebApplicationBuilder builder)
    {
        var settings = FileSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<IFileContents>(services =>
            settings.Bucket is { } bucket
                ? new BucketContents(
                    bucket.Connect(),
                    bucket.Name,
                    services.GetRequiredService<ILogger<BucketContents>>()
                )
                : new FolderContents(settings.Folder)
        );
        builder.Services.AddSingleton<FileStore>();
        // Read eagerly, so that an invalid value fails the start.
        builder.Services.AddSingleton(PictureLimits.Of(builder.Configuration));
        builder.Services.AddSingleton<PictureQuota>();
        builder.Services.AddSingleton(_ => PictureWorkers.OfThisMachine());
        builder.Services.AddSingleton<PictureUploads>();
        builder.Services.AddHostedService<FileSweep>();
        return builder;
    }

    private sealed class FileSweep(
        FileStore store,
        IKeptFiles kept,
        JobLeases leases,
        TimeProvider clock,
        ILogger<FileSweep> log
    ) : HourlyService(clock, log)
    {
        private bool isStart = true;

        protected override Task<bool> DoAsync(CancellationToken stopping) =>
            leases.TryRunAsync("file sweep", SweepAsync, stopping);

        private Task SweepAsync(CancellationToken ends)
        {
            var sweep = isStart ? store.RemoveStraysAsync(ends) : store.SweepAsync(kept, ends);
            isStart = false;
            return sweep;
        }
    }
}
