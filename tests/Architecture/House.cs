using System.Xml.Linq;
using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>The product's assemblies as they were built, and the order in which they may know one another.</summary>
internal static class House
{
    public static string Source { get; } = Path.Combine(Repository.Root, "src");

    /// <summary>By short name: <c>Kernel</c>, <c>Platform</c>, <c>People</c>, <c>Host</c> …</summary>
    public static IReadOnlyDictionary<string, AssemblyDefinition> Assemblies { get; } = Projects("").ToDictionary(name => name, name =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name == "Host" ? "legwork.dll" : $"Legwork.{name}.dll")));

    public static IReadOnlyList<string> Modules { get; } = [.. Projects("Modules")];

    public static IReadOnlyList<string> Libraries { get; } = [.. Projects("Libraries")];

    /// <summary>This test's own assembly, which holds the planted breaches.</summary>
    public static AssemblyDefinition Planted { get; } = AssemblyDefinition.ReadAssembly(typeof(House).Assembly.Location);

    /// <summary>For each project what it references, itself or by way of others: a module may know those modules, by their contracts.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> References { get; } = ReferencesOf(
        Projects("").ToDictionary(name => name, ReferencedBy));

    /// <summary>How much of another assembly one may know.</summary>
    public static Knowledge Of(string who, string other) => (who, other) switch
    {
        ("Host", _) => Knowledge.All,
        (_, "Host") => Knowledge.Nothing,
        // The one reader of YAML knows nobody, so that a library may know it.
        ("Yaml", _) => Knowledge.Nothing,
        (_, "Yaml") when who != "Kernel" => Knowledge.All,
        (_, "Kernel") when who != "Kernel" => Knowledge.All,
        _ when !Modules.Contains(who) => Knowledge.Nothing,
        (_, "Platform") => Knowledge.All,
        _ when Libraries.Contains(other) => Knowledge.All,
        _ => Modules.Contains(other) && References[who].Contains(other) ? Knowledge.Contracts : Knowledge.Nothing,
    };

    /// <summary>Whoever stands in a circle of references.</summary>
    public static IReadOnlyList<string> InCircles(IReadOnlyDictionary<string, IReadOnlySet<string>> references) =>
        [.. references.Where(entry => entry.Value.Contains(entry.Key)).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> ReferencesOf(IReadOnlyDictionary<string, IReadOnlySet<string>> direct)
    {
        return direct.ToDictionary(entry => entry.Key, entry =>
        {
            var reached = new HashSet<string>();
            var open = new Queue<string>(entry.Value);
            while (open.TryDequeue(out var next))
                if (reached.Add(next) && direct.TryGetValue(next, out var further)) foreach (var more in further) open.Enqueue(more);
            return (IReadOnlySet<string>)reached;
        });
    }

    public static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly)
    {
        return assembly.MainModule.Types.SelectMany(WithNested);

        static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);
    }

    private static IReadOnlySet<string> ReferencedBy(string name)
    {
        var file = Directory.EnumerateFiles(Source, $"Legwork.{name}.csproj", SearchOption.AllDirectories).Single();
        return XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["Legwork.".Length..]).ToHashSet();
    }

    private static IEnumerable<string> Projects(string under) =>
        Directory.EnumerateFiles(Path.Combine(Source, under), "Legwork.*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)["Legwork.".Length..]).Order(StringComparer.Ordinal);
}

internal enum Knowledge
{
    Nothing,
    Contracts,
    All,
}
