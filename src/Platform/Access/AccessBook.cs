using Legwork.Yaml;

namespace Legwork.Platform.Access;

/// <summary>A role as its module declares it.</summary>
/// <param name="Level">The widest place for which it is usually given.</param>
/// <param name="Demonstration">Published sign-ins of a demonstration that hold it.</param>
internal sealed record RoleRule(Role Role, ScopeLevel Level, string Module, IReadOnlyList<DemonstrationRole> Demonstration);

/// <param name="At">The place: of this level, where there is most to do.</param>
/// <param name="Opens">What one sees with it, for whoever starts the demonstration.</param>
internal sealed record DemonstrationRole(string SignIn, string Name, ScopeLevel At, string Opens);

/// <summary>
/// What the modules say of access, each in one file of its own (<c>Rules/access.yaml</c> in its assembly, or <c>rules/access/NAME.yaml</c>
/// of the district's rules in its place): roles, fields, purposes, and how long records are kept. Their union is closed: what two modules
/// claim, or somebody names and nobody declares, is refused when the server starts.
/// </summary>
public sealed class AccessBook
{
    private readonly Dictionary<string, RoleRule> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldRule> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Purpose> purposes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Module, YamlNode Entry)> claims = new(StringComparer.Ordinal);

    /// <summary>Each module's file of access as its assembly carries it.</summary>
    internal const string Resource = "Rules.access.yaml";

    private AccessBook()
    {
    }

    public IReadOnlyList<Role> Roles => [.. roles.Values.Select(rule => rule.Role)];

    /// <summary>How the modules declare them.</summary>
    internal IReadOnlyList<RoleRule> Rules => [.. roles.Values];

    internal FieldRules Fields => new(fields);

    public Purposes Purposes => new(purposes);

    internal IReadOnlyList<Kept> Kept => [.. kept.Values];

    /// <summary>The sign-ins that a demonstration publishes for its roles, with what each opens.</summary>
    /// <param name="at">The place of each level in which there is most to do.</param>
    public IEnumerable<(DemonstrationSignIn SignIn, string Opens)> Published(Func<ScopeLevel, string> at) =>
        from rule in roles.Values
        from account in rule.Demonstration
        select (new DemonstrationSignIn(account.SignIn, account.Name, rule.Role, at(account.At)), account.Opens);

    /// <param name="files">Each module's file, those of earlier modules first.</param>
    /// <param name="rulesFolder">A file of a module's name under <c>access/</c> takes the place of the one that the module brings.</param>
    /// <exception cref="FormatException">A file is not what docs/how-to/access.md describes; the message names file, line and entry.</exception>
    public static AccessBook Load(IEnumerable<(string Module, string Text)> files, string rulesFolder)
    {
        var book = new AccessBook();
        foreach (var (module, text) in files)
        {
            var own = Path.Combine(rulesFolder, "access", module + ".yaml");
            book.Take(module, File.Exists(own) ? YamlNode.Load(own) : YamlNode.Parse(text, NameOf(module)));
        }
        return book.Closed();
    }

    /// <summary>The same of texts, for one module after the other.</summary>
    internal static AccessBook Of(params IEnumerable<(string Module, string Yaml)> files)
    {
        var book = new AccessBook();
        foreach (var (module, yaml) in files) book.Take(module, YamlNode.Parse(yaml, NameOf(module)));
        return book.Closed();
    }

    private static string NameOf(string module) => $"access.yaml of {module}";

    private void Take(string module, YamlNode file)
    {
        file.Only("roles", "fields", "purposes", "retention");
        foreach (var (word, entry) in Entries(file, "roles")) TakeRole(module, word, entry);
        foreach (var (name, entry) in Entries(file, "retention")) TakeKept(module, name, entry);
        foreach (var (name, entry) in Entries(file, "fields")) TakeField(module, name, entry);
        foreach (var (code, entry) in Entries(file, "purposes")) TakePurpose(module, code, entry);
        // A module opens its own fields to purposes that stood before it, and asks for fields of earlier modules for its own roles.
        foreach (var (name, entry) in Entries(file, "fields"))
            foreach (var code in entry.ListOrNone("opened_by"))
                purposes[code.Text()] = purposes.TryGetValue(code.Text(), out var purpose)
                    ? purpose with { Fields = purpose.Fields.Append(name).ToHashSet(StringComparer.Ordinal) }
                    : throw code.Wrong($"'{name}' is opened by the purpose '{code.Text()}', which nobody declares");
        foreach (var (word, entry) in Entries(file, "roles")) Need(Role.Named(word), entry);
    }

    private void TakeRole(string module, string word, YamlNode entry)
    {
        entry.Only("level", "needs", "of_children", "demonstration");
        var role = Role.Named(word);
        Claim(module, $"role '{word}'", entry);
        roles.Add(role.Code, new RoleRule(role, entry.Enum<ScopeLevel>("level"), module, [.. entry.ListOrNone("demonstration").Select(account =>
        {
            account.Only("sign_in", "name", "at", "opens");
            return new DemonstrationRole(account.Text("sign_in"), account.Text("name"), account.Enum<ScopeLevel>("at"), account.Text("opens"));
        })]));
    }

    private void TakeField(string module, string name, YamlNode entry)
    {
        entry.Only("sensitivity", "needed_by", "under_14", "retention", "opened_by");
        Claim(module, $"field '{name}'", entry);
        fields.Add(name, new FieldRule(name, entry.Enum<Sensitivity>("sensitivity"), entry.Find("needed_by") is { } needed ? Named(needed) : null,
            Named(entry["under_14"]), entry.Text("retention")));
    }

    private void TakePurpose(string module, string code, YamlNode entry)
    {
        entry.Only("zh", "bo", "en", "roles", "fields", "basis");
        Claim(module, $"purpose '{code}'", entry);
        purposes.Add(code, new Purpose(code, Named(entry["roles"]), entry.Words("fields").ToHashSet(StringComparer.Ordinal),
            entry.Text("zh"), entry.Text("bo"), entry.Text("en"), entry.Text("basis")));
    }

    private void TakeKept(string module, string kind, YamlNode entry)
    {
        entry.Only("keep_days", "min_days", "swept", "after", "basis", "confidence");
        Claim(module, $"record '{kind}'", entry);
        var (keep, least) = (entry.Number("keep_days", min: 1), entry.Number("min_days", min: 1));
        if (keep < least) throw entry.Wrong("keep_days", $"'{kind}' is kept {keep} days, less than the {least} it must be");
        kept.Add(kind, new Kept(kind, keep, entry.Flag("swept"), entry.Text("basis")));
    }

    private void Need(Role role, YamlNode entry)
    {
        foreach (var (list, ofChildren) in new[] { ("needs", false), ("of_children", true) })
        {
            foreach (var name in entry.ListOrNone(list))
            {
                var field = fields.TryGetValue(name.Text(), out var known) ? known
                    : throw name.Wrong($"'{name.Text()}' is a field that nobody declares");
                fields[field.Name] = ofChildren ? field with { Under14 = With(field.Under14, role) }
                    : field with { NeededBy = field.NeededBy is { } needed ? With(needed, role) : null };
            }
        }
    }

    /// <summary>Nothing is left that somebody names and nobody declares, or that is opened to those who do not need it.</summary>
    private AccessBook Closed()
    {
        foreach (var purpose in purposes.Values)
        {
            foreach (var name in purpose.Fields)
            {
                var entry = claims[$"purpose '{purpose.Code}'"].Entry;
                if (!fields.TryGetValue(name, out var field))
                    throw entry.Wrong("fields", $"'{purpose.Code}' opens the field '{name}', which is not listed");
                if (!purpose.Roles.Any(role => field.For(role, under14: false)))
                    throw entry.Wrong("roles", $"'{purpose.Code}' opens '{name}' to roles that do not need it");
            }
        }
        foreach (var field in fields.Values)
        {
            var entry = claims[$"field '{field.Name}'"].Entry;
            if (!kept.ContainsKey(field.Retention))
                throw entry.Wrong("retention", $"'{field.Name}' is kept as '{field.Retention}', which nobody declares");
            if (!purposes.Values.Any(purpose => purpose.Opens(field.Name))) throw entry.Wrong($"the field '{field.Name}' is opened by no purpose");
        }
        claims.Clear();
        return this;
    }

    private void Claim(string module, string what, YamlNode entry)
    {
        if (!claims.TryAdd(what, (module, entry))) throw entry.Wrong($"the {what} is claimed by {claims[what].Module} already");
    }

    private HashSet<Role> Named(YamlNode words) => [.. words.List().Select(word =>
        Role.Named(word.Text()) is var role && roles.ContainsKey(role.Code) ? role : throw word.Wrong($"unknown role '{word.Text()}'"))];

    private static HashSet<Role> With(IReadOnlySet<Role> some, Role role) => [.. some, role];

    private static IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlNode file, string key) => file.Find(key)?.Entries() ?? [];
}
