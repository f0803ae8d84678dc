using Legwork.Cases.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Rules;

/// <summary>
/// The kinds of cases as <c>rules/cases/*.yaml</c> state them. What would harm people if it were mistyped is refused at start:
/// an answer that may end an entitlement without evidence and a supervisor, a visit before a call, a missing language.
/// </summary>
internal sealed class CaseRules
{
    private readonly Dictionary<string, CaseKind> kinds = new(StringComparer.Ordinal);

    private CaseRules()
    {
    }

    public IEnumerable<CaseKind> Kinds => kinds.Values;

    /// <exception cref="KeyNotFoundException">No rules file names this kind.</exception>
    public CaseKind this[string kind] => kinds.TryGetValue(kind, out var found) ? found
        : throw new KeyNotFoundException($"No rules file names the kind of case '{kind}'.");

    public CaseKind? Find(string kind) => kinds.GetValueOrDefault(kind);

    /// <exception cref="FormatException">A file is wrong; the message names the entry.</exception>
    public static CaseRules Load(string folder)
    {
        var rules = new CaseRules();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)) rules.Read(RuleEntry.Load(path));
        if (rules.kinds.Count == 0) throw new FormatException($"{folder}: no kind of case is described here.");
        return rules;
    }

    private void Read(RuleEntry root)
    {
        root.Day("in_force_from");
        var stages = root.Entry("stages");
        var stageRules = stages.Keys.ToList().ConvertAll(key => ReadStage(stages, key));
        var attemptsEntry = root.Entry("contact_attempts");
        var attempts = new AttemptsRule(attemptsEntry.Whole("days_min"), attemptsEntry.Whole("visits_min"));
        attemptsEntry.Source();
        attemptsEntry.NothingElse();
        var cites = Named(root.Entry("cites"), (code, entry) => new Citation(code, entry.Wording(), entry.Source().Confidence));
        var answers = Named(root.Entry("answers"), (_, entry) => (Text: entry.Wording(), Style: entry.Word<AnswerStyle>("style")));
        var list = root.Entry("kinds");
        foreach (var code in list.Keys.ToList())
        {
            var entry = list.Entry(code);
            var kind = new CaseKind(code, entry.Entry("name").Wording(), entry.Entry("question").Wording(), entry.Word<Priority>("priority"), Limit(entry, "due"),
                entry.Whole("ask_again_after_days"),
                [.. entry.Words<Stage>("stages").Select(stage => stageRules.Find(rule => rule.Stage == stage)
                    ?? throw entry.Wrong("stages", $"'{stage}' is not described above"))],
                [.. entry.Entries("answers").Select(answer => ReadAnswer(answer, answers, entry.Words<Stage>("stages")))],
                [.. entry.Texts("cites").Select(cite => cites.TryGetValue(cite, out var found) ? found
                    : throw entry.Wrong("cites", $"'{cite}' is not described above"))],
                attempts);
            entry.NothingElse();
            Check(kind, entry);
            if (!kinds.TryAdd(code, kind)) throw entry.Wrong("", "another file describes this kind already");
        }
        root.NothingElse();
    }

    private static StageRule ReadStage(RuleEntry stages, string key)
    {
        if (!Words.TryTo<Stage>(key, out var stage)) throw stages.Wrong(key, "the stages are match, call and visit");
        var entry = stages.Entry(key);
        var rule = new StageRule(stage, entry.Texts("by").Select(Role.Named).ToHashSet(), entry.Whole("attempts_max"), Limit(entry, "between"));
        entry.NothingElse();
        return rule;
    }

    private static AnswerRule ReadAnswer(RuleEntry entry, Dictionary<string, (Wording Text, AnswerStyle Style)> answers, IReadOnlyList<Stage> stages)
    {
        var code = entry.Text("answer");
        if (!answers.TryGetValue(code, out var words)) throw entry.Wrong("answer", $"'{code}' is not worded above");
        var evidence = EvidenceRule.None;
        if (entry.Has("evidence"))
        {
            var asked = entry.Entry("evidence");
            evidence = new EvidenceRule(asked.Words<EvidenceKind>("of"), asked.Whole("at_least"));
            asked.NothingElse();
        }
        List<DetailRule> asks = [];
        if (entry.Has("asks")) asks.AddRange(entry.Words<DetailKind>("asks").Select(kind => new DetailRule(kind, Required: true)));
        if (entry.Has("may_say")) asks.AddRange(entry.Words<DetailKind>("may_say").Select(kind => new DetailRule(kind, Required: false)));
        var answer = new AnswerRule(code, words.Text, words.Style, entry.Text("result", ""), entry.Has("leads_to") ? entry.Word<Stage>("leads_to") : null,
            entry.Flag("hands_over"), entry.Has("verified_by") ? entry.Texts("verified_by").Select(Role.Named).ToHashSet() : [],
            evidence, asks, (entry.Has("stages") ? entry.Words<Stage>("stages") : stages).ToHashSet());
        entry.NothingElse();
        return answer;
    }

    private static void Check(CaseKind kind, RuleEntry entry)
    {
        if (kind.Stages.Count == 0) throw entry.Wrong("stages", "a case needs a stage");
        for (var i = 1; i < kind.Stages.Count; i++)
            if (kind.Stages[i].Stage <= kind.Stages[i - 1].Stage) throw entry.Wrong("stages", "data come first, then the call, then the visit");
        if (kind.Answers.DistinctBy(answer => answer.Code).Count() != kind.Answers.Count) throw entry.Wrong("answers", "an answer stands here twice");
        foreach (var answer in kind.Answers) Check(kind, answer, entry);
        foreach (var stage in kind.Stages)
            if (!kind.Answers.Any(answer => answer.Result.Length > 0 && answer.Stages.Contains(stage.Stage)))
                throw entry.Wrong("answers", $"nothing can be answered in the stage {stage.Stage}");
    }

    private static void Check(CaseKind kind, AnswerRule answer, RuleEntry entry)
    {
        var where = $"answers/{answer.Code}";
        var ways = (answer.Result.Length > 0 ? 1 : 0) + (answer.LeadsTo is null ? 0 : 1) + (answer.HandsOver ? 1 : 0);
        if (ways != 1) throw entry.Wrong(where, "an answer leads to a result, to a later stage or to another grid: to exactly one");
        if (answer.Result.Length > 0 && !CaseResults.All.Contains(answer.Result)) throw entry.Wrong(where, $"no one understands the result '{answer.Result}'");
        if (answer.Result.Length > 0 && answer.VerifiedBy.Count == 0) throw entry.Wrong(where, "a result is verified by someone");
        if (CaseResults.MayEndEntitlement.Contains(answer.Result) && (answer.VerifiedBy.Any(role => role != Role.Supervisor) || answer.Evidence.AtLeast == 0))
            throw entry.Wrong(where, "what may end an entitlement needs evidence and a supervisor");
        if (answer.Result == CaseResults.EmptyConfirmed && (answer.VerifiedBy.Any(role => role != Role.Supervisor) || answer.Evidence.AtLeast < 2))
            throw entry.Wrong(where, "an empty registration (空挂户) needs two kinds of evidence and a supervisor");
        if (answer.Evidence.AtLeast > answer.Evidence.Of.Distinct().Count()) throw entry.Wrong(where, "more kinds of evidence are asked than are named");
        if (answer.HandsOver && !answer.Asks.Any(asked => asked is { Kind: DetailKind.Place, Required: true }))
            throw entry.Wrong(where, "handing over asks for the place");
        if (answer.LeadsTo is { } later && (kind.Stages.All(rule => rule.Stage != later) || answer.Stages.Any(stage => stage >= later)))
            throw entry.Wrong(where, "an answer leads to a later stage of its kind");
        if (answer.Stages.Any(stage => kind.Stages.All(rule => rule.Stage != stage))) throw entry.Wrong(where, "an answer belongs to a stage of its kind");
    }

    private static TimeLimit Limit(RuleEntry entry, string key) =>
        TimeLimit.TryParse(entry.Text(key), out var limit) ? limit : throw entry.Wrong(key, "a limit such as '10 working_days' belongs here");

    private static Dictionary<string, T> Named<T>(RuleEntry list, Func<string, RuleEntry, T> read)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var code in list.Keys.ToList())
        {
            var entry = list.Entry(code);
            named.Add(code, read(code, entry));
            entry.NothingElse();
        }
        return named;
    }
}
