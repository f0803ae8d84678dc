using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>The framework of the cluster is known in one folder, and what leaves that folder speaks of duties only.</summary>
public class ClusterTests
{
    private const string Seam = "Legwork.Platform.Cluster";

    [Fact]
    public void Only_the_platforms_seam_knows_the_framework_of_the_cluster()
    {
        House.Assemblies.Where(entry => entry.Key != "Platform" && Knows(entry.Value)).Select(entry => entry.Key).ShouldBeEmpty();
        Breaches(House.Assemblies["Platform"]).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_public_of_the_seam_shows_a_type_of_the_framework() =>
        House.Types(House.Assemblies["Platform"]).Where(type => type.IsPublic && type.Namespace == Seam)
            .SelectMany(Shown).Where(IsFrameworks).ShouldBeEmpty();

    [Fact]
    public void A_planted_use_outside_the_seam_is_caught()
    {
        Knows(House.Planted).ShouldBeTrue();
        Breaches(House.Planted).ShouldContain("Legwork.Architecture.Tests.Planted uses Orleans.IGrainFactory");
    }

    private static bool Knows(AssemblyDefinition assembly) => assembly.MainModule.GetTypeReferences().Any(IsFrameworks);

    // What the framework generates for its own use carries its name.
    private static IReadOnlyList<string> Breaches(AssemblyDefinition assembly) =>
        [.. House.Types(assembly)
            .Where(type => Outermost(type).Namespace is var space && space != Seam && !space.StartsWith("OrleansCodeGen", StringComparison.Ordinal))
            .SelectMany(type => Used(type).Where(IsFrameworks).Select(used => $"{type.FullName} uses {used.FullName}")).Distinct()];

    private static IEnumerable<TypeReference> Used(TypeDefinition type) => Shown(type)
        .Concat(type.Fields.Select(field => field.FieldType))
        .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).SelectMany(Named));

    private static IEnumerable<TypeReference> Named(Mono.Cecil.Cil.Instruction instruction) => instruction.Operand switch
    {
        MethodReference called => [called.DeclaringType, called.ReturnType],
        FieldReference field => [field.FieldType],
        TypeReference named => [named],
        _ => [],
    };

    private static IEnumerable<TypeReference> Shown(TypeDefinition type) => type.Methods
        .SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Prepend(method.ReturnType))
        .Concat(type.Interfaces.Select(one => one.InterfaceType)).Concat(type.BaseType is { } parent ? [parent] : []);

    private static bool IsFrameworks(TypeReference type) =>
        type.Namespace == "Orleans" || type.Namespace.StartsWith("Orleans.", StringComparison.Ordinal)
        || type is GenericInstanceType generic && generic.GenericArguments.Any(IsFrameworks);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
