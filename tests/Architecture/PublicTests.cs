using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>
/// What a module shows: its contracts and its door. Razor makes pages public, and what a page is handed must be public with it; those
/// lie open to the compiler and closed to every other module by the wall of knowledge.
/// </summary>
public class PublicTests
{
    [Fact]
    public void A_module_shows_its_contracts_and_its_door_alone() =>
        House.Modules.SelectMany(module => Breaches(module, House.Assemblies[module])).ShouldBeEmpty();

    [Fact]
    public void A_public_type_elsewhere_is_caught() =>
        Breaches("Architecture.Tests", House.Planted).ShouldContain("Legwork.Architecture.Tests.Planted is public");

    /// <summary>
    /// Types that Platform shows to the modules, nested ones too. Components are not counted: Razor makes them public, and those that are
    /// not the page kit's own take their model as an object. The number may fall; it rose from 90 by
    /// what every module says of waiting work (2) and of what was done (2),
    /// by who names files for the log (1), by the outlines on a map (1), by the settings of the office's directory (1), and by what goes
    /// out to receivers (2).
    /// </summary>
    private const int ShownByPlatform = 99;

    [Fact]
    public void Platform_shows_no_more_than_others_use()
    {
        var (types, _) = Shown(House.Assemblies["Platform"]);
        TooMany("Platform", House.Assemblies["Platform"]).ShouldBeNull();
        Unused(types, House.Assemblies.Where(entry => entry.Key != "Platform").Select(entry => entry.Value)).ShouldBeEmpty();
        types.ShouldNotContain("Legwork.Platform.Access.AccountRow");
    }

    [Fact]
    public void A_type_that_is_shown_and_that_nobody_uses_is_caught()
    {
        var (types, components) = Shown(House.Planted);
        types.ShouldContain("Legwork.Architecture.Tests.Planted");
        types.ShouldContain("Legwork.Architecture.Tests.Planted/Shown");
        types.ShouldNotContain("Legwork.Architecture.Tests.PlantedPage");
        components.ShouldBe(1);
        TooMany("Planted", House.Planted, most: types.Count).ShouldBeNull();
        TooMany("Planted", House.Planted, most: types.Count - 1).ShouldNotBeNull().ShouldContain("Legwork.Architecture.Tests.Planted/Shown");
        Unused(["Legwork.Architecture.Tests.Planted", "Legwork.Platform.Storage.Session"], [House.Planted])
            .ShouldBe(["Legwork.Architecture.Tests.Planted"]);
    }

    private static string? TooMany(string who, AssemblyDefinition assembly, int most = ShownByPlatform) => Shown(assembly) is var (types, components)
        && types.Count > most ? $"{who} shows {types.Count} types, {types.Count + components} with components: {string.Join(' ', types)}" : null;

    private static (IReadOnlyList<string> Types, int Components) Shown(AssemblyDefinition assembly)
    {
        var shown = House.Types(assembly).Where(type => type.IsPublic || type.IsNestedPublic && type.DeclaringType.IsPublic)
            .ToLookup(IsPage, type => type.FullName);
        return ([.. shown[false]], shown[true].Count());
    }

    private static IEnumerable<string> Unused(IEnumerable<string> types, IEnumerable<AssemblyDefinition> by) =>
        types.Except(by.SelectMany(assembly => assembly.MainModule.GetTypeReferences()).Select(type => type.FullName));

    private static IReadOnlyList<string> Breaches(string module, AssemblyDefinition assembly)
    {
        var handed = HandedToPages(assembly);
        return [.. assembly.MainModule.Types.Where(type => type.IsPublic)
            .Where(type => !type.Namespace.StartsWith($"Legwork.{module}.Contracts", StringComparison.Ordinal)
                && type.Name != module + "Module" && !type.Name.Contains("Bench", StringComparison.Ordinal)
                && !IsPage(type) && !handed.Contains(type.FullName))
            .Select(type => $"{type.FullName} is public").Order(StringComparer.Ordinal)];
    }

    private static bool IsPage(TypeDefinition type) => type.Name == "_Imports"
        || BaseNames(type).Any(name => name is "Microsoft.AspNetCore.Components.ComponentBase" or "Legwork.Platform.Shell.ModelPage");

    private static IEnumerable<string> BaseNames(TypeDefinition type)
    {
        for (var parent = type.BaseType; parent is not null; parent = (parent as TypeDefinition)?.BaseType) yield return parent.FullName;
    }

    /// <summary>The types of pages' parameters, and what hangs on them.</summary>
    private static HashSet<string> HandedToPages(AssemblyDefinition assembly)
    {
        var found = new HashSet<string>();
        var open = new Queue<TypeReference>(assembly.MainModule.Types.Where(IsPage).SelectMany(page => page.Properties)
            .Where(property => property.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "ParameterAttribute" or "InjectAttribute"))
            .Select(property => property.PropertyType));
        while (open.TryDequeue(out var reference))
        {
            if (reference is GenericInstanceType generic) foreach (var argument in generic.GenericArguments) open.Enqueue(argument);
            if (reference is ArrayType array) open.Enqueue(array.ElementType);
            if (reference is not TypeDefinition type || !found.Add(type.FullName)) continue;
            foreach (var property in type.Properties) open.Enqueue(property.PropertyType);
            foreach (var method in type.Methods.Where(method => method.IsPublic)) open.Enqueue(method.ReturnType);
        }
        return found;
    }
}
