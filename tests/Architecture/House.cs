using Legwork.Support;
using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>The product's assemblies as they were built, and the order in which they may know one another.</summary>
internal static class House
{
    /// <summary>A module may know those before it, by their contracts.</summary>
    private static readonly string[] ModulesInOrder =
        ["Places", "Cases", "People", "Immunization", "Exchange", "Insurance", "Jobs", "Streets", "Hospital", "Services", "Insight"];

    public static string Source { get; } = Path.Combine(Repository.Root, "src");

    /// <summary>By short name: <c>Kernel</c>, <c>Platform</c>, <c>People</c>, <c>Host</c> …</summary>
    public static IReadOnlyDictionary<string, AssemblyDefinition> Assemblies { get; } = Projects("").ToDictionary(name => name, name =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name == "Host" ? "legwork.dll" : $"Legwork.{name}.dll")));

    public static IReadOnlyList<string> Modules { get; } = [.. Projects("Modules")];

    public static IReadOnlyList<string> Libraries { get; } = [.. Projects("Libraries")];

    /// <summary>This test's own assembly, which holds the planted breaches.</summary>
    public static AssemblyDefinition Planted { get; } = AssemblyDefinition.ReadAssembly(typeof(House).Assembly.Location);

    /// <summary>How much of another assembly one may know.</summary>
    public static Knowledge Of(string who, string other) => (who, other) switch
    {
        ("Host", _) => Knowledge.All,
        (_, "Host") => Knowledge.Nothing,
        (_, "Kernel") when who != "Kernel" => Knowledge.All,
        _ when !Modules.Contains(who) => Knowledge.Nothing,
        (_, "Platform") => Knowledge.All,
        _ when Libraries.Contains(other) => Knowledge.All,
        _ => Array.IndexOf(ModulesInOrder, other) is >= 0 and var before && before < Array.IndexOf(ModulesInOrder, who) ? Knowledge.Contracts : Knowledge.Nothing,
    };

    public static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly)
    {
        return assembly.MainModule.Types.SelectMany(WithNested);

        static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);
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
