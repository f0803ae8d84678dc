namespace Legwork.Demo;

/// <summary>What the demo district is made of.</summary>
public sealed record DemoOptions
{
    public ulong Seed { get; init; } = 540102;

    /// <summary>Persons in the insurance roll.</summary>
    public int Insured { get; init; } = 108_000;

    /// <summary>At least twelve, one a street.</summary>
    public int Grids { get; init; } = 1221;

    /// <summary>The first day of the month of the lists; findings refer to its last day.</summary>
    public DateOnly Month { get; init; } = new(2026, 10, 1);

    /// <summary>Names of <see cref="RegisterErrors"/> that this district does not have, to try linking on kinds of errors held out.</summary>
    public IReadOnlySet<string> HeldOut { get; init; } = new HashSet<string>();

    public DateOnly ReferenceDay => Month.AddMonths(1).AddDays(-1);

    /// <exception cref="ArgumentException">A size is out of range, or no error has a held-out name.</exception>
    internal void Check()
    {
        if (Insured < 100) throw new ArgumentException("A demo district insures at least 100 people.");
        if (Grids < 12) throw new ArgumentException("A demo district has at least twelve grids, one a street.");
        if (Month.Day != 1) throw new ArgumentException("The month is named by its first day.");
        if (HeldOut.FirstOrDefault(name => RegisterErrors.All.All(error => error.Name != name)) is { } unknown)
            throw new ArgumentException($"No kind of error is called {unknown}.");
    }
}
