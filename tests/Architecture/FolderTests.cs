using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Legwork.Architecture.Tests;

/// <summary>
/// The folders of a project know one another in one direction. A folder is the first part of a namespace behind the project's own;
/// what lies in the project's root puts the folders together and is counted neither as knowing nor as known.
/// </summary>
public class FolderTests
{
    [Fact]
    public void No_folders_know_each_other_in_a_circle() =>
        House.Assemblies.Select(entry => $"{entry.Key}: {CircleOf(entry.Value, "Legwork." + entry.Key)}")
            .Where(found => !found.EndsWith(": ", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void A_planted_circle_is_caught()
    {
        CircleOf(House.Planted, "Legwork.Architecture.Tests.Circle").ShouldBe("East West");
        CircleOf(House.Planted, "Legwork.Architecture.Tests.Line").ShouldBe("");
    }

    private static string CircleOf(AssemblyDefinition assembly, string root)
    {
        var known = House.Types(assembly).Where(type => Folder(type, root) is not null).GroupBy(type => Folder(type, root)!)
            .ToDictionary(folder => folder.Key,
                folder => (IReadOnlySet<string>)folder.SelectMany(Known).Select(type => Folder(type, root)).OfType<string>()
                .Where(other => other != folder.Key).ToHashSet());
        return string.Join(' ', House.InCircles(House.ReferencesOf(known)));
    }

    private static string? Folder(TypeReference type, string root) =>
        type.GetElementType() is var plain && plain.DeclaringType is { } outer ? Folder(outer, root)
        : plain.Namespace.StartsWith(root + ".", StringComparison.Ordinal) ? plain.Namespace[(root.Length + 1)..].Split('.')[0] : null;

    /// <summary>The types of the same assembly that a type names in its shape or its code.</summary>
    private static IEnumerable<TypeReference> Known(TypeDefinition type)
    {
        var shape = type.Fields.Select(field => field.FieldType).Concat(type.Properties.Select(property => property.PropertyType))
            .Concat(type.Interfaces.Select(contract => contract.InterfaceType)).Append(type.BaseType).OfType<TypeReference>();
        var code = type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(method.HasBody
                ? method.Body.Variables.Select(variable => variable.VariableType).Concat(method.Body.Instructions.SelectMany(Named)) : []));
        return shape.Concat(code).SelectMany(Parts).Where(part => part.Scope is ModuleDefinition);
    }

    private static IEnumerable<TypeReference> Named(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference { DeclaringType: { } owner } => [owner],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
