using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Journal;

/// <summary>The only writer of messages and read marks. Assigns seqs in the transaction and publishes after the
/// commit. A room always has the same lane; what concerns rooms that only the database knows has the first.</summary>
public sealed class MessageJournal(IJournalStore store, TimeProvider clock, IServiceProvider services)
    : BackgroundService
{
    /// <summary>Enough to write a full queue.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(4);

    private readonly JournalLane[] lanes =
    [
        .. Enumerable.Range(0, store.AtOnce).Select(_ => ActivatorUtilities.CreateInstance<JournalLane>(services)),
    ];

    /// <summary>Entries that are taken and not being written yet.</summary>
    public int Waiting => lanes.Sum(lane => lane.Waiting);

    /// <summary>Queues the entry; returns false if the queue is full or closed.</summary>
    public bool TryTake(JournalEntry entry)
    {
        entry.TakenAt = clock.GetTimestamp();
        entry.Trace = SiteTraces.Here;
        // Unsigned: whose room it is, is checked when it is written.
        return lanes[(ulong)entry.RoomId % (ulong)lanes.Length].TryTake(entry);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Accepted entries are written even if other services used up the shutdown time.
        foreach (var lane in lanes)
            lane.Complete();
        if (ExecuteTask is { } writingOut)
            await writingOut
                .WaitAsync(LastWrites, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One that fails ends the site: its rooms would wait for ever.
        await foreach (var ended in Task.WhenEach(lanes.Select(Start)))
            await ended;
    }

    private static Task Start(JournalLane lane) =>
        Task.Factory.StartNew(
            lane.Run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );
}
