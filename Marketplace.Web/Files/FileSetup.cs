namespace Marketplace.Web.Files;

/// <summary>Where files are kept: <c>Files:Path</c>, by default beside the database.</summary>
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
        builder.Services.AddSingleton<ThumbnailMaker>();
        builder.Services.AddSingleton<PictureUploads>();
        builder.Services.AddHostedService<FileSweep>();
        return builder;
    }

    /// <summary>Sweeps what nobody owns: once an hour unclaimed uploads, at the start what an earlier process left.</summary>
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
                // The process ends, also one whose start failed: there this would count as a failure of its own.
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
