using Marketplace.Web.Files;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>
/// Prepares the archives that people asked for, one at a time, and removes those whose time is over. What a kill leaves
/// behind is begun again, under another name; a file that is of no request goes with the next sweep.
/// </summary>
internal sealed class ArchiveJob(
    ArchiveQueue queue,
    ArchiveWriter writer,
    IFileContents contents,
    TimeProvider clock,
    ILogger<ArchiveJob> log
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    /// <summary>More have failed by killing their process.</summary>
    private const int MaxAttempts = 3;

    /// <summary>How many names one statement compares.</summary>
    private const int Portion = 500;

    private DateTimeOffset nextSweep;

    /// <summary>Prepares all that waits.</summary>
    public async Task PrepareAsync(CancellationToken stopping = default)
    {
        while (await queue.ClaimAsync(stopping) is { } request)
            if (!await TryPrepareAsync(request, stopping))
                await contents.TryDeleteAsync(ArchiveFile.Of(request.File!.Value));
    }

    /// <summary>Removes what has ended, and files without a request.</summary>
    public async Task SweepAsync(CancellationToken stopping = default)
    {
        nextSweep = clock.GetUtcNow() + Sweep;
        await queue.RemoveEndedAsync(stopping);
        // Listed before the requests are read: a file is made after its request has its name.
        await foreach (var some in contents.NamesAsync(ArchiveFile.Folder, DateTime.MaxValue, stopping).Chunk(Portion))
        foreach (var stray in await queue.StraysAsync([.. some.Select(file => file.Name)], stopping))
            await contents.TryDeleteAsync(ArchiveFile.Of(stray));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            if (clock.GetUtcNow() >= nextSweep)
                await SweepAsync(stopping);
            await PrepareAsync(stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "Archives of people could not be prepared, and are tried again");
        }
        catch (OperationCanceledException)
        {
            // The process is stopping.
        }
    }

    // Whether the file is to stay.
    private async Task<bool> TryPrepareAsync(ArchiveRequest request, CancellationToken stopping)
    {
        try
        {
            if (request.Attempts > MaxAttempts)
                throw new InvalidOperationException("It was begun too often.");
            return await queue.EndAsync(request, ArchiveState.Ready, await WriteAsync(request, stopping));
        }
        catch (OperationCanceledException)
        {
            // Otherwise it is no longer ours.
            if (stopping.IsCancellationRequested)
                await queue.ReleaseAsync(request);
            return false;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The archive of account {AccountId} could not be prepared", request.UserId);
            await queue.EndAsync(request, ArchiveState.Failed, size: 0);
            return false;
        }
    }

    private async Task<long> WriteAsync(ArchiveRequest request, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var progress = new ArchiveProgress();
        var writing = Task.Run(() => writer.WriteAsync(request, progress, ends.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(writing, Task.Delay(Beat, clock, ends.Token)) != writing && await MayGoOnAsync())
                continue;
        }
        finally
        {
            await ends.CancelAsync();
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await writing;

        async Task<bool> MayGoOnAsync()
        {
            ends.Token.ThrowIfCancellationRequested();
            contents.CheckRoom();
            return await TryKeepAsync(request, progress.Percent, ends.Token);
        }
    }

    // A database that is busy for a moment ends nothing; the lease outlasts it.
    private async Task<bool> TryKeepAsync(ArchiveRequest request, int percent, CancellationToken cancellation)
    {
        try
        {
            return await queue.KeepAsync(request, percent, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogWarning(exception, "How far an archive is could not be written");
            return true;
        }
    }
}
