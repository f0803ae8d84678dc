using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>Who may know whom: Kernel and Yaml nobody, a library and Platform those two, a module the contracts of
/// modules before it, Host all.</summary>
public class KnowledgeTests
{
    [Fact]
    public void Nobody_knows_more_than_the_house_allows() =>
        House.Assemblies.SelectMany(entry => Breaches(entry.Key, entry.Value)).ShouldBeEmpty();

    [Fact]
    public void Cases_does_not_know_who_the_people_are() =>
        House.Assemblies["Cases"].MainModule.AssemblyReferences.Select(reference => reference.Name).ShouldNotContain("Legwork.People");

    // Histories comes with Cases, which takes older ones over, and counts nothing.
    [Fact]
    public void Insight_does_not_know_who_gives_its_figures() =>
        House.References["Insight"].Intersect(House.Modules).Order().ShouldBe(["Cases", "Histories", "Places"]);

    [Fact]
    public void No_projects_know_each_other_in_a_circle()
    {
        House.InCircles(House.References).ShouldBeEmpty();
        House.References["People"].ShouldContain("Places");
        House.InCircles(House.ReferencesOf(new Dictionary<string, IReadOnlySet<string>>
        {
            ["A"] = new HashSet<string> { "B" },
            ["B"] = new HashSet<string> { "C" },
            ["C"] = new HashSet<string> { "A" },
            ["D"] = new HashSet<string> { "A" },
        })).ShouldBe(["A", "B", "C"]);
    }

    [Fact]
    public void Only_one_project_reads_YAML_by_itself()
    {
        House.Assemblies.Where(entry => KnowsYamlDotNet(entry.Value)).Select(entry => entry.Key).ShouldBe(["Yaml"]);
        KnowsYamlDotNet(House.Planted).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_inside_the_product_is_opened_but_to_its_tests() =>
        House.Assemblies.SelectMany(entry => entry.Value.CustomAttributes
                .Where(attribute => attribute.AttributeType.Name == "InternalsVisibleToAttribute")
                .Select(attribute => (entry.Key, To: (string)attribute.ConstructorArguments[0].Value)))
            .Where(opened => !opened.To.EndsWith(".Tests", StringComparison.Ordinal) && opened.To != "Legwork.Support").ShouldBeEmpty();

    [Fact]
    public void A_planted_breach_of_each_kind_is_caught()
    {
        // This assembly knows the host, and people beyond their contracts (see Planted): no module may.
        var asCases = Breaches("Cases", House.Planted);
        asCases.ShouldContain("Cases knows Legwork.People.PeopleModule of People");
        asCases.ShouldContain(breach => breach.EndsWith("of Host"));
        Breaches("Insight", House.Planted).ShouldContain("Insight knows Legwork.People.PeopleModule of People");
        Breaches("Immunization", House.Planted)
            .ShouldContain("Immunization knows Legwork.People.PeopleModule of People, which is not in its Contracts");
        Breaches("Yaml", House.Planted).ShouldContain("Yaml knows Legwork.Platform.Storage.Session of Platform");
        Breaches("Kernel", House.Planted).ShouldContain("Kernel knows Legwork.Platform.Storage.Session of Platform");
    }

    private static bool KnowsYamlDotNet(AssemblyDefinition assembly) =>
        assembly.MainModule.AssemblyReferences.Any(reference => reference.Name == "YamlDotNet");

    private static IReadOnlyList<string> Breaches(string who, AssemblyDefinition assembly)
    {
        var names = House.Assemblies.ToDictionary(entry => entry.Value.Name.Name, entry => entry.Key);
        return [.. assembly.MainModule.GetTypeReferences()
            .Where(type => type.Scope is AssemblyNameReference scope && names.ContainsKey(scope.Name) && names[scope.Name] != who)
            .Select(type => (Type: type, Other: names[((AssemblyNameReference)type.Scope).Name]))
            .Select(known => House.Of(who, known.Other) switch
            {
                Knowledge.Nothing => $"{who} knows {known.Type.FullName} of {known.Other}",
                Knowledge.Contracts when !IsContract(known.Type, known.Other) =>
                    $"{who} knows {known.Type.FullName} of {known.Other}, which is not in its Contracts",
                _ => null,
            }).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsContract(TypeReference type, string module)
    {
        while (type.DeclaringType is { } outer) type = outer;
        var contracts = $"Legwork.{module}.Contracts";
        return type.Namespace == contracts || type.Namespace.StartsWith(contracts + ".", StringComparison.Ordinal);
    }
}
