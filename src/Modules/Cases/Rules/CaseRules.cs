using Legwork.Cases.Contracts;
using Legwork.Platform.Access;
using Legwork.Yaml;

namespace Legwork.Cases.Rules;

/// <summary>
/// The kinds of cases: the union of <c>rules/cases/*.yaml</c> and of what modules bring in their assemblies, one file a module. What would harm
/// people if it were mistyped is refused at start: an answer that may end an entitlement without evidence and a supervisor, a visit before a call, a
/// result that nobody understands, a purpose that whoever acts may not claim, a missing language.
/// </summary>
internal sealed class CaseRules
{
    private readonly Dictionary<string, CaseKind> kinds = new(StringComparer.Ordinal);

    private CaseRules()
    {
    }

    public IEnumerable<CaseKind> Kinds => kinds.Values;

    /// <summary>Whoever may for one kind or another: what pages over several kinds are opened by.</summary>
    public CaseAccess Access { get; private set; } = null!;

    /// <summary>The kinds that share their roles, which is mostly a file's.</summary>
    public IReadOnlyList<(CaseAccess Access, IReadOnlyList<string> Kinds)> Groups { get; private set; } = [];

    /// <exception cref="KeyNotFoundException">No rules file names this kind.</exception>
    public CaseKind this[string kind] => kinds.TryGetValue(kind, out var found) ? found
        : throw new KeyNotFoundException($"No rules file names the kind of case '{kind}'.");

    public CaseKind? Find(string kind) => kinds.GetValueOrDefault(kind);

    /// <param name="results">What answers may lead to, as the owners of the subjects contribute it; null takes any, for measuring alone.</param>
    /// <param name="access">The roles and purposes that modules declare; null where there are none to hold the files against.</param>
    /// <param name="brought">Files that modules bring in their own assemblies, <c>Rules/cases.yaml</c>: where it lies, and its text.</param>
    /// <exception cref="FormatException">A file is wrong; the message names file, line and entry.</exception>
    public static CaseRules Load(string folder, IEnumerable<CaseResultKind>? results, AccessBook? access = null,
        params IEnumerable<(string Where, string Yaml)> brought)
    {
        var rules = new CaseRules();
        var known = results is null ? null : ResultsByCode(results);
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
                     .Select(YamlNode.Load).Concat(brought.Select(file => YamlNode.Parse(file.Yaml, file.Where))))
            foreach (var (kind, entry) in CaseRulesFile.Read(file, access))
            {
                CaseRulesCheck.Of(kind, entry, known);
                if (!rules.kinds.TryAdd(kind.Code, kind)) throw entry.Wrong("another file describes this kind already");
            }
        if (rules.kinds.Count == 0) throw new FormatException($"{folder}: no kind of case is described here.");
        rules.Groups = [.. rules.kinds.Values.GroupBy(kind => kind.Access)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(kind => kind.Code)]))];
        rules.Access = CaseAccess.Union([.. rules.Groups.Select(group => group.Access)]);
        return rules;
    }

    private static Dictionary<string, CaseResultKind> ResultsByCode(IEnumerable<CaseResultKind> results)
    {
        var byCode = new Dictionary<string, CaseResultKind>(StringComparer.Ordinal);
        foreach (var result in results)
            if (!byCode.TryAdd(result.Code, result) && byCode[result.Code] != result)
                throw new FormatException($"Two modules contribute the result '{result.Code}' and mean different things by it.");
        return byCode;
    }
}
