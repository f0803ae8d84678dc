using Legwork.Platform.Access;
using Legwork.Yaml;

namespace Legwork.Cases.Rules;

/// <summary>One file of <c>rules/cases</c>: the stages, roles and purposes of a module's cases, and its kinds. Strict:
/// what nobody reads is refused.</summary>
internal sealed class CaseRulesFile
{
    /// <summary>Null where there are none to hold the file against.</summary>
    private readonly HashSet<Role>? declared;
    private readonly List<StageRule> stages;
    private readonly CaseAccess access;
    private readonly CasePurposes purposes;
    private readonly AttemptsRule attempts;
    private readonly Dictionary<string, Citation> cites;
    private readonly Dictionary<string, (Wording Text, AnswerStyle Style)> answers;
    private readonly bool gentlestFirst;

    private CaseRulesFile(YamlNode root, AccessBook? book)
    {
        declared = book?.Roles.ToHashSet();
        root.Day("in_force_from");
        gentlestFirst = root.Flag("gentlest_first");
        stages = [.. root["stages"].Entries().Select(stage => ReadStage(stage.Key, stage.Value))];
        access = ReadRoles(root["roles"]);
        purposes = root.Find("purposes") is { } shown ? ReadPurposes(shown) : CasePurposes.None;
        if (book is not null) CheckPurposes(root, book.Purposes);
        attempts = root.Find("contact_attempts") is { } tries ? ReadAttempts(tries) : AttemptsRule.Never;
        cites = Named(root["cites"], (code, entry) => new Citation(code, Wording.Of(entry), Source(entry)));
        answers = Named(root["answers"], (_, entry) => (Text: Wording.Of(entry), Style: entry.Enum<AnswerStyle>("style")));
    }

    /// <exception cref="FormatException">The file is wrong; the message names file, line and entry.</exception>
    public static IReadOnlyList<(CaseKind Kind, YamlNode Entry)> Read(YamlNode root, AccessBook? book)
    {
        var file = new CaseRulesFile(root, book);
        var kinds = root["kinds"].Entries().Select(kind => (file.ReadKind(kind.Key, kind.Value), kind.Value)).ToList();
        root.Done();
        return kinds;
    }

    /// <summary>Every entry states where it comes from and how sure that is (A to D).</summary>
    public static char Source(YamlNode entry)
    {
        entry.Text("source");
        return entry.Text("confidence") is [>= 'A' and <= 'D' and var letter] ? letter : throw entry.Wrong("confidence", "A, B, C or D belongs here");
    }

    private CaseKind ReadKind(string code, YamlNode entry)
    {
        var own = entry.List("stages").Select(stage => stages.Find(rule => rule.Stage == stage.Text())
            ?? throw stage.Wrong($"'{stage.Text()}' is not described above")).ToList();
        if (own.Count == 0) throw entry.Wrong("stages", "a case needs a stage");
        if (own.DistinctBy(rule => rule.Stage).Count() != own.Count) throw entry.Wrong("stages", "a stage stands here twice");
        if (gentlestFirst && own.Zip(own.Skip(1)).Any(pair => pair.Second.Way <= pair.First.Way))
            throw entry.Wrong("stages", "data come first, then the call, then the visit");
        return new CaseKind(code, Wording.Of(entry["name"]), Wording.Of(entry["question"]), entry.Enum<Priority>("priority"), Limit(entry["due"]),
            entry.Number("ask_again_after_days"), own, [.. entry.List("answers").Select(answer => ReadAnswer(answer, own))],
            [.. entry.List("cites").Select(cite => cites.TryGetValue(cite.Text(), out var found) ? found
                : throw cite.Wrong($"'{cite.Text()}' is not described above"))],
            attempts, access, purposes);
    }

    private AnswerRule ReadAnswer(YamlNode entry, List<StageRule> own)
    {
        var code = entry.Text("answer");
        if (!answers.TryGetValue(code, out var words)) throw entry.Wrong("answer", $"'{code}' is not worded above");
        var evidence = entry.Find("evidence") is { } asked
            ? new EvidenceRule([.. asked.List("of").Select(kind => kind.Enum<EvidenceKind>())], asked.Number("at_least"))
            : EvidenceRule.None;
        return new AnswerRule(code, words.Text, words.Style, entry.Text("result", ""), entry.TextOrNone("leads_to"), entry.Flag("hands_over"),
            entry.Find("verified_by") is { } by ? Roles(by).ToHashSet() : [], evidence,
            [.. Details("asks", required: true), .. Details("may_say", required: false)],
            (entry.Has("stages") ? entry.Words("stages") : own.Select(rule => rule.Stage)).ToHashSet(StringComparer.Ordinal));

        IEnumerable<DetailRule> Details(string key, bool required) =>
            entry.ListOrNone(key).Select(kind => new DetailRule(kind.Enum<DetailKind>(), required));
    }

    private StageRule ReadStage(string code, YamlNode entry)
    {
        var name = Wording.Of(entry["name"]);
        Source(entry);
        return new StageRule(code, entry.Enum<Way>("at"), Roles(entry["by"]).ToHashSet(), entry.Number("attempts_max"), Limit(entry["between"]),
            entry.Text("read_for", ""), name, entry.Find("waiting") is { } waiting ? Wording.Of(waiting) : name);
    }

    private CaseAccess ReadRoles(YamlNode entry)
    {
        var day = Roles(entry["day"]);
        Source(entry);
        var said = new CaseAccess(day, stages.SelectMany(stage => stage.By), Roles(entry["verify"]), Roles(entry["steer"]), Roles(entry["figures"]));
        if (stages.Find(stage => stage.By.Count == 0) is { } nobody) throw entry.Wrong($"nobody acts in the stage '{nobody.Stage}'");
        if (said.Roles(CaseRight.Verify).Count == 0 || said.Roles(CaseRight.Steer).Count == 0)
            throw entry.Wrong("someone verifies and someone steers");
        if (stages.Find(stage => stage.Way == Way.Desk && stage.By.All(day.Contains)) is { } unseen)
            throw entry.Wrong("day", $"a day has calls and doors: the stage '{unseen.Stage}' at a desk would be in nobody's sight");
        return said;
    }

    private static CasePurposes ReadPurposes(YamlNode entry)
    {
        Source(entry);
        return new CasePurposes(entry.Text("day"), entry.Text("desk"));
    }

    /// <summary>A purpose that whoever works may not claim would show them nobody.</summary>
    private void CheckPurposes(YamlNode root, Purposes known)
    {
        if (root.Find("purposes") is { } shown)
        {
            Claimable(shown["day"], access.Roles(CaseRight.Day));
            Claimable(shown["desk"], access.Roles(CaseRight.View));
        }
        foreach (var stage in stages.Where(stage => stage.ReadFor.Length > 0)) Claimable(root["stages"][stage.Stage]["read_for"], stage.By);

        void Claimable(YamlNode at, IEnumerable<Role> roles)
        {
            if (!known.Has(at.Text())) throw at.Wrong($"'{at.Text()}' is not on the list of purposes");
            if (roles.Where(role => !known[at.Text()].Roles.Contains(role)).ToList() is [var denied, ..])
                throw at.Wrong($"the role '{denied.Word}' may not read for '{at.Text()}'");
        }
    }

    private static AttemptsRule ReadAttempts(YamlNode entry)
    {
        Source(entry);
        return new AttemptsRule(entry.Number("days_min"), entry.Number("visits_min"));
    }

    private IReadOnlyList<Role> Roles(YamlNode words) => [.. words.List().Select(word =>
        Role.Named(word.Text()) is var role && declared?.Contains(role) != false ? role
            : throw word.Wrong($"no module declares the role '{word.Text()}'"))];

    private static TimeLimit Limit(YamlNode entry) =>
        TimeLimit.TryParse(entry.Text(), out var limit) ? limit : throw entry.Wrong("a limit such as '10 working_days' belongs here");

    private static Dictionary<string, T> Named<T>(YamlNode entries, Func<string, YamlNode, T> read) =>
        entries.Entries().ToDictionary(entry => entry.Key, entry => read(entry.Key, entry.Value), StringComparer.Ordinal);
}
