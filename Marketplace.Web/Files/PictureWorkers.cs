using System.Threading.RateLimiting;

namespace Marketplace.Web.Files;

/// <summary>A place takes 8 MiB and 100 MB of pixels (progressive JPEG: 200); who waits takes no memory.</summary>
public sealed class PictureWorkers(int atOnce, int waiting, TimeSpan patience) : IDisposable
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>For one picture: several times what the largest takes.</summary>
    private static readonly TimeSpan DecodingLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter places = new(
        new()
        {
            PermitLimit = atOnce,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>Half of the cores decode, two at most; six full trays may wait.</summary>
    public static PictureWorkers OfThisMachine() =>
        new(Math.Clamp(Environment.ProcessorCount / 2, 1, 2), waiting: 60, TimeSpan.FromSeconds(20));

    /// <summary>Waits for a place, which the caller disposes; null if too many wait already, or it takes too long.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var place = await places.AcquireAsync(1, limit.Token);
            return place.IsAcquired ? place : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public static Task<MadePicture?> MakeAsync(ArraySegment<byte> upload) =>
        Task.Factory.StartNew(
            () => PictureMaker.Make(upload, DecodingLimit),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    public void Dispose() => places.Dispose();
}
