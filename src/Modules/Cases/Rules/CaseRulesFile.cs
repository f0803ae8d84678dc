using Legwork.Platform.Access;

namespace Legwork.Cases.Rules;

/// <summary>One file of <c>rules/cases</c>: the stages, roles and purposes of a module's cases, and its kinds. Strict: what nobody reads is refused.</summary>
internal sealed class CaseRulesFile
{
    private readonly List<StageRule> stages;
    private readonly CaseAccess access;
    private readonly CasePurposes purposes;
    private readonly AttemptsRule attempts;
    private readonly Dictionary<string, Citation> cites;
    private readonly Dictionary<string, (Wording Text, AnswerStyle Style)> answers;
    private readonly bool gentlestFirst;

    private CaseRulesFile(RuleEntry root, AccessBook? book)
    {
        root.Day("in_force_from");
        gentlestFirst = root.Flag("gentlest_first");
        stages = [.. Named(root.Entry("stages"), ReadStage).Values];
        access = ReadRoles(root.Entry("roles"), stages, book);
        purposes = root.Has("purposes") ? ReadPurposes(root.Entry("purposes")) : CasePurposes.None;
        if (book is not null) CheckPurposes(root, book.Purposes);
        attempts = root.Has("contact_attempts") ? ReadAttempts(root.Entry("contact_attempts")) : AttemptsRule.Never;
        cites = Named(root.Entry("cites"), (code, entry) => new Citation(code, entry.Wording(), entry.Source().Confidence));
        answers = Named(root.Entry("answers"), (_, entry) => (Text: entry.Wording(), Style: entry.Word<AnswerStyle>("style")));
    }

    /// <exception cref="FormatException">The file is wrong; the message names the entry.</exception>
    public static IReadOnlyList<(CaseKind Kind, RuleEntry Entry)> Read(RuleEntry root, AccessBook? book)
    {
        var file = new CaseRulesFile(root, book);
        var kinds = Named(root.Entry("kinds"), (code, entry) => (file.ReadKind(code, entry), entry));
        root.NothingElse();
        return [.. kinds.Values];
    }

    private CaseKind ReadKind(string code, RuleEntry entry)
    {
        var own = entry.Texts("stages").Select(stage => stages.Find(rule => rule.Stage == stage)
            ?? throw entry.Wrong("stages", $"'{stage}' is not described above")).ToList();
        if (own.Count == 0) throw entry.Wrong("stages", "a case needs a stage");
        if (own.DistinctBy(rule => rule.Stage).Count() != own.Count) throw entry.Wrong("stages", "a stage stands here twice");
        if (gentlestFirst && own.Zip(own.Skip(1)).Any(pair => pair.Second.Way <= pair.First.Way))
            throw entry.Wrong("stages", "data come first, then the call, then the visit");
        return new CaseKind(code, entry.Entry("name").Wording(), entry.Entry("question").Wording(), entry.Word<Priority>("priority"), Limit(entry, "due"),
            entry.Whole("ask_again_after_days"), own, [.. entry.Entries("answers").Select(answer => ReadAnswer(answer, own))],
            [.. entry.Texts("cites").Select(cite => cites.TryGetValue(cite, out var found) ? found : throw entry.Wrong("cites", $"'{cite}' is not described above"))],
            attempts, access, purposes);
    }

    private AnswerRule ReadAnswer(RuleEntry entry, List<StageRule> own)
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
        var answer = new AnswerRule(code, words.Text, words.Style, entry.Text("result", ""), entry.Has("leads_to") ? entry.Text("leads_to") : null,
            entry.Flag("hands_over"), entry.Has("verified_by") ? entry.Roles("verified_by").ToHashSet() : [],
            evidence, asks, (entry.Has("stages") ? entry.Texts("stages") : own.Select(rule => rule.Stage)).ToHashSet(StringComparer.Ordinal));
        entry.NothingElse();
        return answer;
    }

    private static StageRule ReadStage(string code, RuleEntry entry)
    {
        var name = Wording(entry, "name");
        entry.Source();
        return new StageRule(code, entry.Word<Way>("at"), entry.Roles("by").ToHashSet(), entry.Whole("attempts_max"), Limit(entry, "between"),
            entry.Text("read_for", ""), name, entry.Has("waiting") ? Wording(entry, "waiting") : name);
    }

    private static CaseAccess ReadRoles(RuleEntry entry, List<StageRule> stages, AccessBook? book)
    {
        var day = entry.Roles("day");
        entry.Source();
        var access = new CaseAccess(day, stages.SelectMany(stage => stage.By), entry.Roles("verify"), entry.Roles("steer"), entry.Roles("figures"));
        entry.NothingElse();
        var declared = book?.Roles.Select(rule => rule.Role).ToHashSet();
        if (access.Roles(CaseRight.List).Where(role => declared?.Contains(role) == false).ToList() is [var unknown, ..])
            throw entry.Wrong("", $"no module declares the role '{unknown.Word}'");
        if (stages.Find(stage => stage.By.Count == 0) is { } nobody) throw entry.Wrong("", $"nobody acts in the stage '{nobody.Stage}'");
        if (access.Roles(CaseRight.Verify).Count == 0 || access.Roles(CaseRight.Steer).Count == 0) throw entry.Wrong("", "someone verifies and someone steers");
        if (stages.Find(stage => stage.Way == Way.Desk && stage.By.All(day.Contains)) is { } unseen)
            throw entry.Wrong("day", $"a day has calls and doors: the stage '{unseen.Stage}' at a desk would be in nobody's sight");
        return access;
    }

    private static CasePurposes ReadPurposes(RuleEntry entry)
    {
        var purposes = new CasePurposes(entry.Text("day"), entry.Text("desk"));
        entry.Source();
        entry.NothingElse();
        return purposes;
    }

    /// <summary>A purpose that whoever works may not claim would show them nobody.</summary>
    private void CheckPurposes(RuleEntry root, Purposes known)
    {
        if (purposes != CasePurposes.None)
        {
            Claimable("purposes/day", purposes.Day, access.Roles(CaseRight.Day));
            Claimable("purposes/desk", purposes.Desk, access.Roles(CaseRight.View));
        }
        foreach (var stage in stages.Where(stage => stage.ReadFor.Length > 0)) Claimable($"stages/{stage.Stage}/read_for", stage.ReadFor, stage.By);

        void Claimable(string where, string purpose, IEnumerable<Role> roles)
        {
            if (!known.Has(purpose)) throw root.Wrong(where, $"'{purpose}' is not on the list of purposes");
            if (roles.Where(role => !known[purpose].Roles.Contains(role)).ToList() is [var denied, ..])
                throw root.Wrong(where, $"the role '{denied.Word}' may not read for '{purpose}'");
        }
    }

    private static AttemptsRule ReadAttempts(RuleEntry entry)
    {
        var attempts = new AttemptsRule(entry.Whole("days_min"), entry.Whole("visits_min"));
        entry.Source();
        entry.NothingElse();
        return attempts;
    }

    private static Wording Wording(RuleEntry entry, string key)
    {
        var words = entry.Entry(key);
        var wording = words.Wording();
        words.NothingElse();
        return wording;
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
