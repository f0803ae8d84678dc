using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>
/// The answer to the case's question, a refusal to answer included. It leads to a result that waits for verification, to a later
/// stage, or to the grid where the person lives; the rules say which.
/// </summary>
/// <param name="Details">By the codes of <see cref="DetailKind"/>, as the answer's rule asks.</param>
internal sealed record GiveAnswer(string Answer, IReadOnlyDictionary<string, string> Details, string Note) : CaseAct
{
    public override string Code => "answered";

    public override CaseRight Right => CaseRight.Act;

    public override IReadOnlySet<CaseState> From { get; } = In(CaseState.Open);

    protected override Outcome<Step> Decide(Case @case, Setting setting)
    {
        if (CheckNote(Note) is { } refusal) return refusal;
        if (CheckStage(@case, setting) is { } wrongRole) return wrongRole;
        if (setting.Kind.Answer(Answer) is not { } rule) return Refusal.Of("cases.answer", "This is not one of the answers to this question.");
        if (!rule.Stages.Contains(@case.Stage))
            return Refusal.Of("cases.answer_stage", $"This answer cannot be given in the stage '{@case.Stage}'.");
        var details = AnswerDetails.Check(rule, Details, setting);
        if (!details.Ok) return details.Refusal!;
        var held = @case.EvidenceHeld(setting.Kind).Intersect(rule.Evidence.Of).Count();
        if (held < rule.Evidence.AtLeast)
            return Refusal.Of("cases.evidence", $"This answer needs {rule.Evidence.AtLeast} kind(s) of evidence out of "
                + $"{string.Join(", ", rule.Evidence.Of.Select(Words.Of))}; {held} held.");

        var handled = @case.HandledBy(setting.Worker);
        if (rule.LeadsTo is { } later) return LeadOn(@case, handled, later, setting);
        if (rule.HandsOver) return HandOver(@case, handled, details.Value);
        var after = handled with
        {
            State = CaseState.Answered,
            Answer = Answer,
            Result = rule.Result,
            Details = details.Value,
            AnsweredBy = setting.Worker.Account,
            AnsweredAt = setting.Now,
            NextAt = null,
            Asked = null,
        };
        return Step(@case, after, Note, [CaseEvents.Answered],
            [("answer", Answer), ("result", rule.Result), .. details.Value.Select(detail => (detail.Key, detail.Value))]);
    }

    private Outcome<Step> LeadOn(Case @case, Case handled, string later, Setting setting)
    {
        // Without a telephone number the call is passed over.
        var stage = setting.Kind.WayOf(later) == Way.Telephone && !@case.Reachable ? setting.Kind.After(later, reachable: false) ?? later : later;
        return Step(@case, handled with { Stage = stage, NextAt = null }, Note, [CaseEvents.Answered], ("answer", Answer), ("stage", stage));
    }

    private Outcome<Step> HandOver(Case @case, Case handled, IReadOnlyDictionary<string, string> details)
    {
        var to = details[Words.Of(DetailKind.Place)];
        if (to == @case.Place) return Refusal.Of("cases.nothing_new", "The case is with this grid already: choose 'lives here', or another place.");
        return Step(@case, HandOverCase.Moved(handled, to), Note, [CaseEvents.HandedOver], ("answer", Answer), ("from", @case.Place), ("to", to));
    }
}
