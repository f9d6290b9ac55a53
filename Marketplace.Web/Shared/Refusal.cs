using System.Diagnostics.CodeAnalysis;

namespace Marketplace.Web.Shared;

/// <summary>The kinds of expected refusals; <c>RefusalAnswers</c> has their codes on the wire.</summary>
public enum RefusalKind
{
    NotFound,
    Invalid,
    TooLarge,
    Forbidden,
    Conflict,
    RateLimited,
    Busy,

    /// <summary>Needs a fresh proof of who one is (<c>/account/manage/proof</c>).</summary>
    Unproved,
}

/// <summary>An expected refusal: a value instead of an exception.</summary>
/// <param name="Text">For people, in the caller's language.</param>
/// <param name="RetryAfter">How long to wait before a retry; null if waiting does not help.</param>
public sealed record Refusal(RefusalKind Kind, string Text, TimeSpan? RetryAfter = null);

public readonly struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }
    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
