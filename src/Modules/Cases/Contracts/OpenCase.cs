using Legwork.Kernel;

namespace Legwork.Cases.Contracts;

/// <summary>Asks for a case. The same (<see cref="Kind"/>, <see cref="Subject"/>, <see cref="Origin"/>) never has two open cases.</summary>
/// <param name="Kind">A kind of <c>rules/cases/*.yaml</c>, such as <c>empty_registration</c>.</param>
/// <param name="Subject">Opaque here and known to its owner: <c>people/person/0198…</c>.</param>
/// <param name="Origin">What the case rests on, in the owner's words; another origin is another case.</param>
/// <param name="Place">The grid that acts; a community, street or district code when the grid is not known, and then a supervisor assigns it.</param>
/// <param name="Group">
/// What one visit covers: the key of the dwelling as Places gives it (its cases follow it to another grid), else empty. Cases of one
/// group in one grid are one stop.
/// </param>
/// <param name="Order">Sorts the stops of one grid (ordinal); the owner gives the walking order.</param>
/// <param name="Reachable">Whether a telephone number is known; without one the call is passed over.</param>
/// <param name="Facts">
/// Fills the question's placeholders. Never personal data: names and numbers come from <see cref="ISubjects"/> at the moment they are shown.
/// </param>
/// <param name="SaysElse">What is asked is not what was answered before: an answer given lately does not stand for this.</param>
public sealed record OpenCase(string Kind, string Subject, string Origin, string Place, string Group, string Order, bool Reachable,
    IReadOnlyDictionary<string, string>? Facts = null, bool SaysElse = false);

/// <param name="How">Whether the case is new, was open already, or was answered so lately that nobody is asked again.</param>
/// <param name="Result">What was answered lately, and empty else; <paramref name="ClosedAt"/> is when.</param>
public readonly record struct Opened(CaseId Id, OpenedHow How, string Result = "", DateTimeOffset? ClosedAt = null);

public enum OpenedHow
{
    Opened,

    /// <summary>An open case stands for the same matter; nothing was changed.</summary>
    AlreadyOpen,

    /// <summary>The matter was answered within the kind's <c>ask_again_after_days</c>; the id is that closed case.</summary>
    AnsweredLately,
}

/// <summary>The states of a case, as stored and as shown in addresses.</summary>
public static class CaseStates
{
    /// <summary>No grid yet, or returned: a supervisor assigns it.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>With a grid (or the clerks), to be acted upon.</summary>
    public const string Open = "open";

    /// <summary>Parked (挂账): the clock stands still.</summary>
    public const string Paused = "paused";

    /// <summary>Answered, and waiting for someone else to verify it.</summary>
    public const string Answered = "answered";

    public const string Closed = "closed";

    /// <summary>Closed by itself: later data answered it.</summary>
    public const string Withdrawn = "withdrawn";

    public static readonly IReadOnlyList<string> All = [Unassigned, Open, Paused, Answered, Closed, Withdrawn];

    public static bool IsOver(string state) => state is Closed or Withdrawn;
}
