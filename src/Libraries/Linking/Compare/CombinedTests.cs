namespace Legwork.Linking;

/// <summary>Every part holds.</summary>
public sealed class AllTest : LevelTest
{
    private readonly LevelTest[] parts;

    public AllTest(params LevelTest[] parts)
        : base() => (this.parts, Columns) = (parts, [.. parts.SelectMany(p => p.Columns).Distinct()]);

    public override string Words => string.Join(" and ", parts.Select(p => p.Words));

    internal override void Bind(IReadOnlyList<string> order)
    {
        foreach (var part in parts) part.Bind(order);
    }

    internal override uint EqualSlots => parts.All(p => p.EqualSlots != 0) ? parts.Aggregate(0u, (bits, part) => bits | part.EqualSlots) : 0;

    internal override uint KnownSlot => parts.Aggregate(0u, (bits, part) => bits | part.KnownSlot);

    internal override bool NeedsValues => parts.Any(p => p.NeedsValues);

    internal override bool IsCheap => parts.All(p => p.IsCheap);

    internal override bool Holds(in Values a, in Values b)
    {
        foreach (var part in parts)
            if (!part.Holds(a, b)) return false;
        return true;
    }
}

/// <summary>The part does not hold.</summary>
public sealed class NotTest : LevelTest
{
    private readonly LevelTest part;

    public NotTest(LevelTest part)
        : base() => (this.part, Columns) = (part, part.Columns);

    public override string Words => $"not {part.Words}";

    internal override void Bind(IReadOnlyList<string> order) => part.Bind(order);

    internal override bool NeedsValues => false;

    internal override bool IsCheap => part.IsCheap;

    internal override bool Holds(in Values a, in Values b) => !part.Holds(a, b);
}

/// <summary>At least one part holds.</summary>
public sealed class AnyTest : LevelTest
{
    private readonly LevelTest[] parts;

    public AnyTest(params LevelTest[] parts)
        : base() => (this.parts, Columns) = (parts, [.. parts.SelectMany(p => p.Columns).Distinct()]);

    public override string Words => string.Join(" or ", parts.Select(p => p.Words));

    internal override void Bind(IReadOnlyList<string> order)
    {
        foreach (var part in parts) part.Bind(order);
    }

    internal override bool NeedsValues => parts.All(p => p.NeedsValues);

    internal override bool IsCheap => parts.All(p => p.IsCheap);

    internal override bool Holds(in Values a, in Values b)
    {
        foreach (var part in parts)
            if (part.Holds(a, b)) return true;
        return false;
    }
}
