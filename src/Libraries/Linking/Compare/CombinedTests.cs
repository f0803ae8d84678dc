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

    internal override bool NeedsValues => parts.Any(p => p.NeedsValues);

    internal override bool IsCheap => parts.All(p => p.IsCheap);

    internal override bool Holds(in Values a, in Values b)
    {
        foreach (var part in parts)
            if (!part.Holds(a, b)) return false;
        return true;
    }
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
