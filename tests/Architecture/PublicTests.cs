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

    private static IReadOnlyList<string> Breaches(string module, AssemblyDefinition assembly)
    {
        var handed = HandedToPages(assembly);
        return [.. assembly.MainModule.Types.Where(type => type.IsPublic)
            .Where(type => !type.Namespace.StartsWith($"Legwork.{module}.Contracts", StringComparison.Ordinal)
                && type.Name != module + "Module" && !type.Name.Contains("Bench", StringComparison.Ordinal)
                && !IsPage(type) && !handed.Contains(type.FullName))
            .Select(type => $"{type.FullName} is public").Order(StringComparer.Ordinal)];
    }

    private static bool IsPage(TypeDefinition type) => type.Name == "_Imports" || BaseNames(type).Any(name => name is "Microsoft.AspNetCore.Components.ComponentBase" or "Legwork.Platform.Shell.ModelPage");

    private static IEnumerable<string> BaseNames(TypeDefinition type)
    {
        for (var parent = type.BaseType; parent is not null; parent = (parent as TypeDefinition)?.BaseType) yield return parent.FullName;
    }

    /// <summary>The types of pages' parameters, and what hangs on them.</summary>
    private static HashSet<string> HandedToPages(AssemblyDefinition assembly)
    {
        var found = new HashSet<string>();
        var open = new Queue<TypeReference>(assembly.MainModule.Types.Where(IsPage).SelectMany(page => page.Properties)
            .Where(property => property.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "ParameterAttribute" or "InjectAttribute")).Select(property => property.PropertyType));
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
