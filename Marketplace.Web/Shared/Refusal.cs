using System.Diagnostics.CodeAnalysis;

namespace Marketplace.Web.Shared;

/// <summary>Why something that can be expected was refused. The names, in snake case, are the codes on the wire.</summary>
public enum RefusalKind
{
    NotFound,
    Invalid,
    Forbidden,
    Conflict,
    RateLimited,
    Busy,
}

/// <summary>An expected "no": a value, not an exception.</summary>
/// <param name="Kind">What a program does about it.</param>
/// <param name="Text">What a person reads, in the language of who asked.</param>
/// <param name="RetryAfter">When asking again makes sense, if it does.</param>
public sealed record Refusal(RefusalKind Kind, string Text, TimeSpan? RetryAfter = null);

/// <summary>Either what was asked for, or the refusal.</summary>
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
