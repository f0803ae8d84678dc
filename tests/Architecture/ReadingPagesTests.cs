using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Legwork.Architecture.Tests;

/// <summary>
/// A page that is asked for with GET reads with <c>Store.ReadAsync</c> and the request's token: it holds no thread while PostgreSQL works, and
/// stops when whoever asked has gone. Found by following the calls from each handler of a <c>MapGet</c>.
/// </summary>
public class ReadingPagesTests
{
    [Fact]
    public void No_page_reads_while_it_holds_a_thread()
    {
        var found = House.Assemblies.Values.SelectMany(House.Types).SelectMany(Handlers).SelectMany(ReadsOf).Distinct().Order(StringComparer.Ordinal);

        found.ShouldBeEmpty("Read with Store.ReadAsync.");
    }

    [Fact]
    public void A_page_that_reads_so_behind_another_class_is_found()
    {
        var planted = House.Types(House.Planted).Where(type => type.FullName.Contains(nameof(PlantedRoutes), StringComparison.Ordinal))
            .SelectMany(Handlers).ToList();

        planted.Count.ShouldBe(2);
        planted.SelectMany(ReadsOf).ShouldBe(["PlantedDesk.HoldsAThread"]);
    }

    /// <summary>What a type gives to <c>MapGet</c>.</summary>
    private static IEnumerable<MethodDefinition> Handlers(TypeDefinition type)
    {
        foreach (var method in type.Methods.Where(method => method.HasBody))
        {
            MethodDefinition? given = null;
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.Operand is not MethodReference asked) continue;
                if (instruction.OpCode == OpCodes.Ldftn) given = asked.Resolve();
                else if (asked.Name == "MapGet" && given is not null) yield return given;
            }
        }
    }

    /// <summary>The methods, behind a handler, that read and hold a thread.</summary>
    private static IEnumerable<string> ReadsOf(MethodDefinition handler)
    {
        var seen = new HashSet<MethodDefinition> { handler };
        var open = new Queue<MethodDefinition>(seen);
        while (open.TryDequeue(out var method))
            foreach (var called in CallsOf(method))
            {
                if (called.DeclaringType.FullName == "Legwork.Platform.Storage.Store")
                {
                    if (called.Name is "Read" or "Snapshot") yield return NameOf(method);
                    continue;
                }
                foreach (var next in Written(called))
                    if (next.HasBody && seen.Add(next)) open.Enqueue(next);
            }
    }

    private static IEnumerable<MethodDefinition> CallsOf(MethodDefinition method) => Bodies(method).SelectMany(body => body.Instructions)
        .Select(instruction => instruction.Operand).OfType<MethodReference>()
        .Where(called => called.DeclaringType.Scope.Name.StartsWith("Legwork", StringComparison.OrdinalIgnoreCase)
            || called.DeclaringType.Scope == method.Module)
        .Select(called => called.Resolve()).OfType<MethodDefinition>();

    /// <summary>The body, and that of the machine into which the compiler has turned an async method.</summary>
    private static IEnumerable<MethodBody> Bodies(MethodDefinition method)
    {
        if (method.HasBody) yield return method.Body;
        var machine = method.CustomAttributes
            .FirstOrDefault(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal));
        if (machine?.ConstructorArguments[0].Value is TypeReference type)
            foreach (var part in type.Resolve().Methods.Where(part => part.HasBody)) yield return part.Body;
    }

    /// <summary>The method itself, or what implements it here.</summary>
    private static IEnumerable<MethodDefinition> Written(MethodDefinition called) => !called.DeclaringType.IsInterface ? [called]
        : [.. Implementations[called.DeclaringType.FullName].SelectMany(type => type.Methods)
            .Where(method => method.Name == called.Name && method.Parameters.Count == called.Parameters.Count)];

    private static readonly ILookup<string, TypeDefinition> Implementations = House.Assemblies.Values.SelectMany(House.Types)
        .SelectMany(type => type.Interfaces.Select(face => (face.InterfaceType.Resolve()?.FullName ?? "", type)))
        .ToLookup(pair => pair.Item1, pair => pair.type);

    private static string NameOf(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.Name.StartsWith('<')) type = type.DeclaringType;
        var name = method.Name.StartsWith('<') ? method.Name[1..method.Name.IndexOf('>')] : method.Name;
        return $"{type.Name}.{name}";
    }
}
