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

    private sealed class FileSweep(FileStore store, TimeProvider clock, ILogger<FileSweep> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
            try
            {
                await TryAsync(store.RemoveStraysAsync, stoppingToken);
                while (await timer.WaitForNextTickAsync(stoppingToken))
                    await TryAsync(store.SweepAsync, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                // The process is stopping, or its start failed, which must not be reported as a second failure.
            }
        }

        private async Task TryAsync(Func<CancellationToken, Task<int>> sweep, CancellationToken stoppingToken)
        {
            try
            {
                await sweep(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "Files that nobody owns could not be swept");
            }
        }
    }
}
