using Legwork.Cases.Contracts;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Cases.Domain;

/// <summary>Stored as the words of <see cref="CaseStates"/>.</summary>
internal enum CaseState
{
    Unassigned = 1,
    Open = 2,
    Paused = 3,
    Answered = 4,
    Closed = 5,
    Withdrawn = 6,
}

/// <summary>What a worker may ask a supervisor for.</summary>
internal enum Request
{
    Pause = 1,
    Extension = 2,
    HandOver = 3,
}

/// <summary>Who acts, as what and for which unit; the unit is the role in a place, such as <c>GridWorker@110101006001-G03</c>.</summary>
/// <param name="For">In whose name a stand-in acts; the empty id in the own.</param>
internal sealed record Worker(Guid Account, string Name, Role Role, string Unit, Guid For = default)
{
    /// <summary>Data and rules acting by themselves.</summary>
    public static readonly Worker Machine = new(Guid.Empty, "system", Role.Administrator, "");

    /// <summary>The account or the one in whose name it acts.</summary>
    public bool Is(Guid account) => account == Account || (For != Guid.Empty && account == For);
}

/// <summary>Someone who acted on the matter itself, and therefore cannot verify it.</summary>
internal readonly record struct Handler(Guid Account, string Unit);

/// <summary>What a worker asked a supervisor for, not yet decided.</summary>
internal sealed record Asked(Request What, Guid By, string Why);

/// <summary>Tries without reaching anyone. Only different days count as evidence.</summary>
internal sealed record Misses(int Calls, int Visits, int Days, DateOnly? LastDay)
{
    public static readonly Misses None = new(0, 0, 0, null);

    public Misses Call(DateOnly day) => this with { Calls = Calls + 1, Days = Days + (day == LastDay ? 0 : 1), LastDay = day };

    public Misses Visit(DateOnly day) => this with { Visits = Visits + 1, Days = Days + (day == LastDay ? 0 : 1), LastDay = day };

    public bool Suffice(AttemptsRule rule) => Days >= rule.DaysMin && Visits >= rule.VisitsMin;
}

/// <summary>One case as it stands at one version.</summary>
internal sealed record Case
{
    /// <summary>Origin of a case that an older system closed: it is history, and no act is possible on it.</summary>
    public const string TakenOver = "taken_over";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public required CaseId Id { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required string Origin { get; init; }
    public required string Group { get; init; }
    public required string Order { get; init; }
    public required bool Reachable { get; init; }
    public required string Place { get; init; }
    public required CaseState State { get; init; }
    public required string Stage { get; init; }
    public required Priority Priority { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The due time before any extension.</summary>
    public required DateTimeOffset FirstDueAt { get; init; }
    public IReadOnlyDictionary<string, string> Facts { get; init; } = Nothing;

    /// <summary>The worker it is assigned to by name; the empty id: whoever has the grid.</summary>
    public Guid AssignedTo { get; init; }

    /// <summary>Not before this instant on anyone's day.</summary>
    public DateTimeOffset? NextAt { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string Answer { get; init; } = "";
    public string Result { get; init; } = "";
    public IReadOnlyDictionary<string, string> Details { get; init; } = Nothing;
    public Guid AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public IReadOnlyList<Handler> Handlers { get; init; } = [];

    /// <summary>Kinds of evidence stored, one for each piece.</summary>
    public IReadOnlyList<EvidenceKind> Evidence { get; init; } = [];
    public long EvidenceBytes { get; init; }
    public Misses Misses { get; init; } = Misses.None;
    public Asked? Asked { get; init; }
    public int Reworks { get; init; }
    public long Version { get; init; }

    public bool IsTakenOver => Origin == TakenOver;

    public bool IsOver => State is CaseState.Closed or CaseState.Withdrawn;

    public bool IsOverdue(DateTimeOffset now) => !IsOver && State != CaseState.Paused && now > DueAt;

    public Case HandledBy(Worker worker)
    {
        // Whoever was stood in for has handled it as well: neither of the two verifies it.
        IEnumerable<Handler> both = worker.For == Guid.Empty ? [new(worker.Account, worker.Unit)]
            : [new(worker.Account, worker.Unit), new(worker.For, worker.Unit)];
        return both.All(Handlers.Contains) ? this : this with { Handlers = [.. Handlers.Union(both)] };
    }

    /// <summary>Forgets an answer that did not hold; who gave it stays a handler.</summary>
    public Case WithoutAnswer() => this with { Answer = "", Result = "", Details = Nothing, AnsweredBy = Guid.Empty, AnsweredAt = null };

    /// <summary>The kinds of evidence held, tries included once they suffice.</summary>
    public IReadOnlyList<EvidenceKind> EvidenceHeld(CaseKind kind) =>
        [.. Evidence.Concat(Misses.Suffice(kind.Attempts) ? [EvidenceKind.Attempts] : []).Distinct().Order()];
}
