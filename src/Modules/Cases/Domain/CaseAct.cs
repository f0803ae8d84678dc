using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Cases.Domain;

/// <summary>What an act is decided with: who, under which rules, when. Nothing is read from anywhere else.</summary>
internal sealed record Setting(Worker Worker, CaseKind Kind, WorkingCalendar Calendar, DateTimeOffset Now);

/// <summary>
/// One thing someone does to a case. <see cref="Decide"/> is pure: the case and the setting go in, the step or a refusal comes
/// out. Each act has a file named by its verb.
/// </summary>
internal abstract record CaseAct
{
    /// <summary>Stable word of the act in the history.</summary>
    public abstract string Code { get; }

    /// <summary>Who has it is said by the rules of the kind.</summary>
    public abstract CaseRight Right { get; }

    /// <summary>The states in which the act is possible at all.</summary>
    public abstract IReadOnlySet<CaseState> From { get; }

    /// <summary>The place to which the act moves the case and over which the actor needs the right too; null when nowhere.</summary>
    public virtual string? Towards => null;

    public Outcome<Step> On(Case @case, Setting setting) =>
        @case.IsTakenOver ? Refusal.Of("cases.taken_over", "This case was closed in an older system; nobody works on it here. Open a new one.")
        : From.Contains(@case.State) ? Decide(@case, setting)
        : Refusal.Of("cases.state", $"'{Code}' is not possible while the case is {Words.Of(@case.State)}.");

    protected abstract Outcome<Step> Decide(Case @case, Setting setting);

    /// <summary>The case a step leads to, one version on.</summary>
    protected Step Step(Case before, Case after, string note, IReadOnlyList<string> events, params ReadOnlySpan<(string Key, string Value)> body) =>
        new(after with { Version = before.Version + 1 }, Code, before.State, note, events, Facts(body));

    protected static IReadOnlyDictionary<string, string> Facts(ReadOnlySpan<(string Key, string Value)> body)
    {
        var facts = new Dictionary<string, string>(body.Length);
        foreach (var (key, value) in body)
            if (value.Length > 0) facts.Add(key, value);
        return facts;
    }

    protected static IReadOnlySet<CaseState> In(params CaseState[] states) => states.ToHashSet();

    /// <summary>A reason others will read: 2 to 500 characters.</summary>
    internal static Refusal? CheckReason(string reason) => reason.Trim().Length switch
    {
        < 2 => Refusal.Of("cases.reason", "Write the reason: others will read it."),
        > 500 => Refusal.Of("cases.reason_long", "A reason has at most 500 characters."),
        _ => CheckLetters(reason),
    };

    protected static Refusal? CheckNote(string note) =>
        note.Length > 500 ? Refusal.Of("cases.note_long", "A note has at most 500 characters.") : CheckLetters(note);

    /// <summary>PostgreSQL holds no NUL, and no reader is helped by a control character.</summary>
    protected static Refusal? CheckLetters(string text) => text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))
        ? Refusal.Of("cases.letters", "The text holds characters that cannot be shown. Type it again.") : null;

    protected static Refusal? CheckStage(Case @case, Setting setting) =>
        setting.Kind.Rule(@case.Stage).By.Contains(setting.Worker.Role) ? null
            : Refusal.Of("cases.stage_role", $"In the stage '{@case.Stage}' someone with another role acts.");
}

/// <summary>One line of the history to be, with the case as it stands after it.</summary>
internal sealed record Step(Case After, string Act, CaseState From, string Note, IReadOnlyList<string> Events,
    IReadOnlyDictionary<string, string> Body)
{
    /// <summary>Stored with the step, in the same unit.</summary>
    public StoredEvidence? Evidence { get; init; }
}

/// <summary>A piece of evidence as it will be stored: sniffed, stripped of what the device wrote into it.</summary>
internal sealed record StoredEvidence(Guid Id, EvidenceKind Kind, string MediaType, byte[] Bytes, string Digest);

/// <summary>Places as codes: the district's own, down to a grid.</summary>
internal static class Place
{
    public static bool IsGrid(string place) => new Scope(place).Level == ScopeLevel.Grid;

    /// <summary>A code of a district, street, community or grid: 6, 9 or 12 digits, and a grid's suffix.</summary>
    public static bool IsCode(string place)
    {
        var dash = place.IndexOf('-', StringComparison.Ordinal);
        var digits = dash < 0 ? place : place[..dash];
        return digits.Length is 6 or 9 or 12 && digits.All(char.IsAsciiDigit)
            && (dash < 0 || (digits.Length == 12 && place.Length is > 13 and <= 24 && place[(dash + 1)..].All(char.IsAsciiLetterOrDigit)));
    }
}
