using System.Text.RegularExpressions;
using Legwork.Platform.Storage;
using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>
/// A look is noted (<c>Store.Note</c>), and an ordinary page goes on with a moment that may lack the notes of a second: whoever shows looks
/// reads with <c>Store.ReadNotesAsync</c>.
/// </summary>
public partial class NotesTests
{
    [Fact]
    public void Whoever_shows_looks_reads_every_one_that_was_acknowledged()
    {
        var platform = House.Assemblies["Platform"];

        Breaches(platform).ShouldBeEmpty();
        Classes(platform).Count(one => ReadsNotes(one)).ShouldBeGreaterThan(0, "this wall has something to see");
    }

    [Fact]
    public void One_who_may_miss_a_look_is_caught() => Breaches(House.Planted).ShouldBe([nameof(PlantedLooks)]);

    private static IEnumerable<string> Breaches(AssemblyDefinition assembly) => Classes(assembly)
        .Where(one => Instructions(one).Any(operand => operand is string sql && Noted().IsMatch(sql)) && Calls(one, nameof(Store.ReadAsync)))
        .Select(one => one.Key.Name).Order(StringComparer.Ordinal);

    private static bool ReadsNotes(IEnumerable<TypeDefinition> one) => Calls(one, nameof(Store.ReadNotesAsync));

    private static bool Calls(IEnumerable<TypeDefinition> one, string method) => Instructions(one)
        .Any(operand => operand is MethodReference called && called.Name == method && called.DeclaringType.FullName == typeof(Store).FullName);

    private static IEnumerable<IGrouping<TypeDefinition, TypeDefinition>> Classes(AssemblyDefinition assembly) =>
        House.Types(assembly).GroupBy(Outermost).Where(one => one.Key.Name != nameof(NotesTests));

    private static IEnumerable<object?> Instructions(IEnumerable<TypeDefinition> one) => one.SelectMany(type => type.Methods)
        .Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex("from readlog_(entry|subject|head)|join readlog_(entry|subject|head)")]
    private static partial Regex Noted();
}

/// <summary>Shows the latest look, unless it was made within a second.</summary>
public sealed class PlantedLooks(Store store)
{
    public Task<string?> Latest(CancellationToken cancel) =>
        store.ReadAsync(session => session.FirstAsync<string>("select actor from readlog_entry order by at desc limit 1"), cancel);
}
