using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>A module touches its own tables; the log, the outbox and the accounts are Platform's.</summary>
public partial class TableTests
{
    [Fact]
    public void Nobody_touches_the_tables_of_another() =>
        House.Assemblies.SelectMany(entry => Breaches(entry.Key, entry.Value, Tables)).ShouldBeEmpty();

    [Fact]
    public void Every_table_is_called_after_its_module()
    {
        Tables.ShouldContainKeyAndValue("people_file", "People");
        Tables.Where(table => table.Value == "Platform" ? !PlatformTable().IsMatch(table.Key)
            : !table.Key.StartsWith(table.Value.ToLowerInvariant() + "_", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_touch_is_caught()
    {
        var caught = Breaches("Cases", House.Planted, Tables);
        caught.ShouldContain("Cases touches people_file of People in Planted.OtherModulesTable");
        caught.ShouldContain("Cases touches access_account of Platform in Planted.PlatformsTable");
        Breaches("People", House.Planted, Tables).ShouldNotContain(breach => breach.Contains("people_file"));
    }

    /// <summary>Each table by the module whose migrations make it.</summary>
    private static Dictionary<string, string> Tables { get; } = House.Assemblies
        .SelectMany(entry => Migrations(entry.Value)
            .SelectMany(sql => CreateTable().Matches(sql).Select(match => (Table: match.Groups[1].Value.ToLowerInvariant(), entry.Key))))
        .GroupBy(made => made.Table).ToDictionary(group => group.Key, group => group.First().Key);

    private static IReadOnlyList<string> Breaches(string who, AssemblyDefinition assembly, IReadOnlyDictionary<string, string> tables)
    {
        var inCode = from type in House.Types(assembly)
                     where !Outermost(type).Name.EndsWith("Bench", StringComparison.Ordinal) && !Tends(Outermost(type).Namespace)
                     from method in type.Methods
                     where method.HasBody
                     from instruction in method.Body.Instructions
                     where instruction.Operand is string
                     from word in Words().Matches((string)instruction.Operand).Select(match => match.Value)
                     where tables.TryGetValue(word, out var owner) && !May(who, owner)
                     select $"{who} touches {word} of {tables[word]} in {Outermost(type).Name}.{method.Name}";
        var inMigrations = from sql in Migrations(assembly)
                           from word in Words().Matches(Comments().Replace(sql, "")).Select(match => match.Value)
                           where tables.TryGetValue(word, out var owner) && owner != who
                           select $"{who} touches {word} of {tables[word]} in a migration";
        return [.. inCode.Concat(inMigrations).Distinct()];
    }

    // The host has no tables of its own, and stands on the platform.
    private static bool May(string who, string owner) => owner == who || (who == "Host" && owner == "Platform");

    // Backing up, examining and wearing out a district means looking at all of it from outside.
    private static bool Tends(string space) => space is "Legwork.Host.Backup" or "Legwork.Host.Doctor" or "Legwork.Host.Soak";

    private static IEnumerable<string> Migrations(AssemblyDefinition assembly) => assembly.MainModule.Resources.OfType<EmbeddedResource>()
        .Where(resource => resource.Name.Contains(".Migrations.") && resource.Name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(resource => System.Text.Encoding.UTF8.GetString(resource.GetResourceData()));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"create\s+(?:virtual\s+)?table\s+(?:if\s+not\s+exists\s+)?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"\b[a-z]+_[a-z_]+\b")]
    private static partial Regex Words();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex("^(platform|access|readlog)_")]
    private static partial Regex PlatformTable();
}
