using Legwork.Cases.Contracts;
using Legwork.Yaml;

namespace Legwork.Cases.Rules;

/// <summary>What a kind of case must hold to, whichever module brings it.</summary>
internal static class CaseRulesCheck
{
    /// <exception cref="FormatException">The kind would harm or end nowhere; the message names file, line and entry.</exception>
    public static void Of(CaseKind kind, YamlNode entry, IReadOnlyDictionary<string, CaseResultKind>? results)
    {
        if (kind.Answers.DistinctBy(answer => answer.Code).Count() != kind.Answers.Count) throw entry.Wrong("answers", "an answer stands here twice");
        foreach (var (answer, at) in kind.Answers.Zip(entry.List("answers")))
        {
            Of(kind, answer, at);
            if (answer.Result.Length > 0) Result(kind, answer, at, results);
        }
        foreach (var stage in kind.Stages)
            if (!kind.Answers.Any(answer => answer.Result.Length > 0 && answer.Stages.Contains(stage.Stage)))
                throw entry.Wrong("answers", $"nothing can be answered in the stage {stage.Stage}");
    }

    private static void Of(CaseKind kind, AnswerRule answer, YamlNode entry)
    {
        var ways = (answer.Result.Length > 0 ? 1 : 0) + (answer.LeadsTo is null ? 0 : 1) + (answer.HandsOver ? 1 : 0);
        if (ways != 1) throw entry.Wrong("an answer leads to a result, to a later stage or to another grid: to exactly one");
        if (answer.Evidence.AtLeast > answer.Evidence.Of.Distinct().Count()) throw entry.Wrong("more kinds of evidence are asked than are named");
        if (answer.Evidence.Of.Contains(EvidenceKind.Attempts) && kind.Attempts == AttemptsRule.Never)
            throw entry.Wrong("tries are evidence only where contact_attempts says how many");
        if (answer.HandsOver && !answer.Asks.Any(asked => asked is { Kind: DetailKind.Place, Required: true }))
            throw entry.Wrong("handing over asks for the place");
        if (answer.Stages.FirstOrDefault(stage => Position(kind, stage) < 0) is not null)
            throw entry.Wrong("an answer belongs to a stage of its kind");
        if (answer.LeadsTo is { } later && answer.Stages.Any(stage => Position(kind, stage) >= Position(kind, later)))
            throw entry.Wrong("an answer leads to a later stage of its kind");
    }

    private static void Result(CaseKind kind, AnswerRule answer, YamlNode entry, IReadOnlyDictionary<string, CaseResultKind>? results)
    {
        var steering = kind.Access.Roles(CaseRight.Steer);
        if (answer.VerifiedBy.Count == 0) throw entry.Wrong("a result is verified by someone");
        if (answer.VerifiedBy.Any(role => !kind.Access.Roles(CaseRight.Verify).Contains(role)))
            throw entry.Wrong("an answer is verified by a role that verifies such cases");
        if (results is null) return;
        if (!results.TryGetValue(answer.Result, out var result)) throw entry.Wrong($"no one understands the result '{answer.Result}'");
        var bySupervisor = answer.VerifiedBy.All(steering.Contains);
        if (result.MayEndEntitlement && !(bySupervisor && answer.Evidence.AtLeast > 0))
            throw entry.Wrong("what may end an entitlement needs evidence and a supervisor");
        if (result.EvidenceMin > 0 && !(bySupervisor && answer.Evidence.AtLeast >= result.EvidenceMin))
            throw entry.Wrong($"the result '{result.Code}' needs so many kinds of evidence and a supervisor: {result.EvidenceMin}");
    }

    private static int Position(CaseKind kind, string stage) => kind.Stages.Index().FirstOrDefault(one => one.Item.Stage == stage, (-1, null!)).Index;
}
