using System.Globalization;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using YamlDotNet.RepresentationModel;

namespace Legwork.Platform.Access;

/// <summary>A role as its module declares it.</summary>
/// <param name="Level">The widest place for which it is usually given.</param>
/// <param name="Demonstration">Published sign-ins of a demonstration that hold it.</param>
public sealed record RoleRule(Role Role, ScopeLevel Level, string Module, IReadOnlyList<DemonstrationRole> Demonstration);

/// <param name="At">The place: of this level, where there is most to do.</param>
/// <param name="Opens">What one sees with it, for whoever starts the demonstration.</param>
public sealed record DemonstrationRole(string SignIn, string Name, ScopeLevel At, string Opens);

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
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);

    private AccessBook()
    {
    }

    public IReadOnlyList<RoleRule> Roles => [.. roles.Values];

    internal FieldRules Fields => new(fields);

    public Purposes Purposes => new(purposes);

    internal IReadOnlyList<Kept> Kept => [.. kept.Values];

    /// <param name="rulesFolder">A file of a module's name under <c>access/</c> takes the place of the one that the module brings.</param>
    /// <exception cref="FormatException">A file is not what docs/how-to/access.md describes; the message names file and entry.</exception>
    public static AccessBook Load(ModuleList modules, string rulesFolder)
    {
        var book = new AccessBook();
        foreach (var (module, assembly) in modules.Assemblies)
        {
            var own = Path.Combine(rulesFolder, "access", module + ".yaml");
            using var stream = File.Exists(own) ? File.OpenRead(own)
                : assembly.GetManifestResourceNames().FirstOrDefault(name => name.EndsWith(".Rules.access.yaml", StringComparison.Ordinal)) is { } name
                    ? assembly.GetManifestResourceStream(name) : null;
            if (stream is not null) book.Take(module, YamlFile.Read(new StreamReader(stream), $"access.yaml of {module}"));
        }
        return book.Closed();
    }

    /// <summary>The same of texts, for one module after the other.</summary>
    internal static AccessBook Of(params IEnumerable<(string Module, string Yaml)> files)
    {
        var book = new AccessBook();
        foreach (var (module, yaml) in files) book.Take(module, YamlFile.Read(new StringReader(yaml), $"access.yaml of {module}"));
        return book.Closed();
    }

    private void Take(string module, YamlStream yaml)
    {
        var file = new Section($"access.yaml of {module}", (YamlMappingNode)yaml.Documents[0].RootNode);
        file.Knows("roles", "fields", "purposes", "retention");
        foreach (var (word, entry) in file.Entries("roles")) TakeRole(module, word, entry);
        foreach (var (name, entry) in file.Entries("retention")) TakeKept(module, name, entry);
        foreach (var (name, entry) in file.Entries("fields")) TakeField(module, name, entry);
        foreach (var (code, entry) in file.Entries("purposes")) TakePurpose(module, code, entry);
        // A module opens its own fields to purposes that stood before it, and asks for fields of earlier modules for its own roles.
        foreach (var (name, entry) in file.Entries("fields"))
            foreach (var code in entry.Words("opened_by") ?? [])
                purposes[code] = purposes.TryGetValue(code, out var purpose) ? purpose with { Fields = purpose.Fields.Append(name).ToHashSet(StringComparer.Ordinal) }
                    : throw entry.Wrong($"'{name}' is opened by the purpose '{code}', which nobody declares");
        foreach (var (word, entry) in file.Entries("roles")) Need(Role.Named(word), word, entry);
    }

    private void TakeRole(string module, string word, Section entry)
    {
        entry.Knows("level", "needs", "of_children", "demonstration");
        var role = Role.Named(word);
        Claim(module, $"role '{word}'");
        roles.Add(role.Code, new RoleRule(role, Level(entry, "level"), module, [.. entry.List("demonstration").Select(account =>
        {
            account.Knows("sign_in", "name", "at", "opens");
            return new DemonstrationRole(account.Text("sign_in"), account.Text("name"), Level(account, "at"), account.Text("opens"));
        })]));
    }

    private void TakeField(string module, string name, Section entry)
    {
        entry.Knows("sensitivity", "needed_by", "under_14", "retention", "opened_by");
        Claim(module, $"field '{name}'");
        var sensitivity = Enum.TryParse<Sensitivity>(entry.Text("sensitivity"), ignoreCase: true, out var known) ? known
            : throw entry.Wrong($"'{name}' lacks a sensitivity that is known");
        var of14 = entry.Words("under_14") ?? throw entry.Wrong($"'{name}' lacks under_14");
        fields.Add(name, new FieldRule(name, sensitivity, entry.Words("needed_by") is { } needed ? Named(entry, name, needed) : null, Named(entry, name, of14), entry.Text("retention")));
    }

    private void TakePurpose(string module, string code, Section entry)
    {
        entry.Knows("zh", "bo", "en", "roles", "fields", "basis");
        Claim(module, $"purpose '{code}'");
        purposes.Add(code, new Purpose(code, Named(entry, code, entry.Words("roles") ?? throw entry.Wrong($"'{code}' lacks the list 'roles'")),
            (entry.Words("fields") ?? throw entry.Wrong($"'{code}' lacks the list 'fields'")).ToHashSet(StringComparer.Ordinal),
            entry.Text("zh"), entry.Text("bo"), entry.Text("en"), entry.Text("basis")));
    }

    private void TakeKept(string module, string kind, Section entry)
    {
        entry.Knows("keep_days", "min_days", "swept", "after", "basis", "confidence");
        Claim(module, $"record '{kind}'");
        var (keep, least) = (Days("keep_days"), Days("min_days"));
        if (keep < least) throw entry.Wrong($"'{kind}' is kept {keep} days, less than the {least} it must be");
        kept.Add(kind, new Kept(kind, keep, entry.TextOrNone("swept") == "true", entry.Text("basis")));

        int Days(string name) => int.TryParse(entry.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0
            ? days : throw entry.Wrong($"'{kind}' lacks {name}");
    }

    private void Need(Role role, string word, Section entry)
    {
        foreach (var (list, ofChildren) in new[] { ("needs", false), ("of_children", true) })
        {
            foreach (var name in entry.Words(list) ?? [])
            {
                var field = fields.TryGetValue(name, out var known) ? known : throw entry.Wrong($"'{word}' {list} '{name}', a field that nobody declares");
                fields[name] = ofChildren ? field with { Under14 = With(field.Under14, role) }
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
                if (!fields.TryGetValue(name, out var field)) throw new FormatException($"The purpose '{purpose.Code}' opens the field '{name}', which is not listed.");
                if (!purpose.Roles.Any(role => field.For(role, under14: false)))
                    throw new FormatException($"The purpose '{purpose.Code}' opens '{name}' to roles that do not need it.");
            }
        }
        foreach (var field in fields.Values)
        {
            if (!kept.ContainsKey(field.Retention)) throw new FormatException($"The field '{field.Name}' is kept as '{field.Retention}', which nobody declares.");
            if (!purposes.Values.Any(purpose => purpose.Opens(field.Name))) throw new FormatException($"The field '{field.Name}' is opened by no purpose.");
        }
        return this;
    }

    private void Claim(string module, string what)
    {
        if (!owners.TryAdd(what, module)) throw new FormatException($"access.yaml of {module}: the {what} is claimed by {owners[what]} already.");
    }

    private HashSet<Role> Named(Section entry, string of, IReadOnlyList<string> words) => [.. words.Select(word => Role.Named(word) is var role && roles.ContainsKey(role.Code) ? role
        : throw entry.Wrong($"'{of}' names the unknown role '{word}'"))];

    private static HashSet<Role> With(IReadOnlySet<Role> some, Role role) => [.. some, role];

    private static ScopeLevel Level(Section entry, string name) => Enum.TryParse<ScopeLevel>(entry.Text(name), ignoreCase: true, out var level) ? level
        : throw entry.Wrong($"'{entry.Text(name)}' is not a level: {string.Join(", ", Enum.GetNames<ScopeLevel>()).ToLowerInvariant()}");

    /// <summary>A mapping of the file, with where it stands for whoever must mend it.</summary>
    private sealed record Section(string Where, YamlMappingNode Node)
    {
        public FormatException Wrong(string what) => new($"{Where}, line {Node.Start.Line}: {what}.");

        public void Knows(params ReadOnlySpan<string> names)
        {
            foreach (var key in Node.Children.Keys)
                if (!names.Contains(((YamlScalarNode)key).Value!)) throw Wrong($"'{key}' is not known here");
        }

        public string? TextOrNone(string name) => Node.Children.TryGetValue(name, out var node) ? (node as YamlScalarNode)?.Value : null;

        public string Text(string name) => TextOrNone(name) ?? throw Wrong($"'{name}' is missing");

        public IReadOnlyList<string>? Words(string name) => !Node.Children.TryGetValue(name, out var node) ? null
            : node is YamlSequenceNode words ? [.. words.Select(word => ((YamlScalarNode)word).Value!)] : throw Wrong($"'{name}' is not a list");

        public IEnumerable<Section> List(string name) => Node.Children.TryGetValue(name, out var node)
            ? ((YamlSequenceNode)node).Select(entry => this with { Node = (YamlMappingNode)entry }) : [];

        public IEnumerable<(string Name, Section Entry)> Entries(string name) => !Node.Children.TryGetValue(name, out var node) ? []
            : ((YamlMappingNode)node).Select(entry => (((YamlScalarNode)entry.Key).Value!,
                entry.Value is YamlMappingNode own ? this with { Node = own } : throw Wrong($"'{entry.Key}' is not an entry")));
    }
}
