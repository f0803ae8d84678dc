namespace Legwork.Kernel;

/// <summary>
/// A refusal that a person can cause: a stable code (<c>module.reason</c>) and a plain sentence that says what to do.
/// Bugs are exceptions; refusals are values.
/// </summary>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>The field of a form that it is about, where its code does not say it.</summary>
    public string? At { get; init; }

    /// <summary>What else is wrong with the same form, so that it is put right in one go. This one stands for all.</summary>
    public IReadOnlyList<Refusal> Also { get; private init; } = [];

    public static Refusal Of(string code, string message) => new(code, message);

    /// <summary>Everything that is wrong, the first of it in front; null when nothing is.</summary>
    public static Refusal? All(params IEnumerable<Refusal?> wrong)
    {
        Refusal[] all = [.. wrong.OfType<Refusal>().SelectMany(one => one.Also.Prepend(one with { Also = [] }))];
        return all.Length == 0 ? null : all[0] with { Also = all[1..] };
    }

    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>Either a value or the refusal that stands in its place.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    public bool Ok => Refusal is null;

    /// <exception cref="InvalidOperationException">The outcome is a refusal.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Refusal is null ? next(value!) : Refusal;

    public TResult Match<TResult>(Func<T, TResult> ok, Func<Refusal, TResult> refused) =>
        Refusal is null ? ok(value!) : refused(Refusal);
}

/// <summary>The value of an act that has nothing more to say than that it was done.</summary>
public readonly record struct Done
{
    public static readonly Done It;
}
