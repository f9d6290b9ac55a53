using Marketplace.Web.Data;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Files;

public sealed record FileSettings(string Folder);

public static class FileSetup
{
    public static WebApplicationBuilder AddFiles(this WebApplicationBuilder builder)
    {
        var path = builder.Configuration["Files:Path"];
        var folder = Path.Combine(
            builder.Environment.ContentRootPath,
            string.IsNullOrWhiteSpace(path) ? Path.Combine("App_Data", "files") : path
        );
        builder.Services.AddSingleton(new FileSettings(folder));
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
