using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>What a feature keeps of a person. Each feature that keeps something registers one.</summary>
public interface IPersonalData
{
    /// <summary>Adds all that is the person's to the archive.</summary>
    Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation);

    /// <summary>About how many entries that takes; so that the person sees how far it is.</summary>
    Task<int> EntriesAsync(long userId, CancellationToken cancellation) => Task.FromResult(2);

    /// <summary>Ends what the current person offers to others, before the account closes; or says why it can't.</summary>
    Task<Refusal?> LeaveAsync(long userId) => Task.FromResult<Refusal?>(null);

    /// <summary>Erases the texts and pictures of a closed account. Called again after a kill.</summary>
    Task EraseAsync(long userId, CancellationToken cancellation);
}
