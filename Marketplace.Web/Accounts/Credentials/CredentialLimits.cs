using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts.Credentials;

/// <summary>Limits tries by account and network together, so that nobody who guesses keeps the owner out.</summary>
/// <param name="guesses"><c>Limits:Guesses</c>: tries at once, one more a minute; 0 turns the limit off.</param>
public sealed class CredentialLimits(int guesses, LimitBook book)
{
    private readonly TokenBuckets<string> tries = book.Make<string>("guesses", guesses, 1 / 60.0);

    /// <summary>Takes a try before the check, so that checks at the same time count too; returns the wait if none is left.</summary>
    public TimeSpan? Take(string key) => tries.Take(key);

    /// <summary>Gives the try back: only wrong ones count.</summary>
    public void GiveBack(string key) => tries.GiveBack(key);
}
