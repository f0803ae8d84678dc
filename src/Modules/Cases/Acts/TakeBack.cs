using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>How a case stood before its last step, as its history tells it.</summary>
/// <param name="Act">The word of that step.</param>
/// <param name="By">Whose step it was.</param>
/// <param name="Misses">The tries without it.</param>
/// <param name="Stage">The stage in which it was taken.</param>
internal sealed record StepBefore(string Act, Guid By, DateTimeOffset At, Misses Misses, string Stage);

/// <summary>
/// A slip at the door or the telephone: whoever answered, called or visited takes it back while the day is open and nobody has verified it.
/// The case is asked again at once; the history keeps both, and what was photographed stays.
/// </summary>
internal sealed record TakeBack(StepBefore Last) : CaseAct
{
    public override string Code => "taken_back";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open, CaseState.Answered);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (OwnOfToday(Last.By, Last.At, setting) is { } refusal) return refusal;
        var after = @case.WithoutAnswer() with { State = CaseState.Open, Stage = Last.Stage, Misses = Last.Misses, NextAt = null };
        return Step(@case, after, "", [CaseEvents.TakenBack], ("step", Last.Act));
    }

    /// <summary>Nobody takes back what another did, and a day that is over stands.</summary>
    internal static Refusal? OwnOfToday(Guid by, DateTimeOffset at, Setting setting) =>
        by != setting.Worker.Account ? Refusal.Of("cases.taken_back_others", "Only whoever did it can take it back.")
        : setting.Calendar.DayOf(at) != setting.Calendar.DayOf(setting.Now)
            ? Refusal.Of("cases.taken_back_late", "It was done on another day and stands. Ask the supervisor to reopen the case.") : null;
}
