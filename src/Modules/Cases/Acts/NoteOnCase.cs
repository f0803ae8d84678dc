using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>Something worth keeping that changes nothing; a contradicting answer from a phone that came too late is kept so too.</summary>
internal sealed record NoteOnCase(string Text) : CaseAct
{
    public override string Code => "noted";

    public override CaseRight Right => CaseRight.View;

    public override IReadOnlySet<CaseState> From { get; } = In(Enum.GetValues<CaseState>());

    protected override Outcome<Step> Decide(Case @case, Setting setting) => Text.Trim().Length switch
    {
        0 => Refusal.Of("cases.note_empty", "Write the note."),
        > 500 => Refusal.Of("cases.note_long", "A note has at most 500 characters."),
        _ when CheckLetters(Text) is { } refusal => refusal,
        _ => Step(@case, @case, Text.Trim(), [CaseEvents.Noted]),
    };
}
