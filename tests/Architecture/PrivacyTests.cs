using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Legwork.Architecture.Tests;

/// <summary>Privacy by construction: there is no place for ethnicity, religion or a face, so that nobody can fill one in.</summary>
public partial class PrivacyTests
{
    [Fact]
    public void No_table_has_a_column_for_ethnicity_religion_or_a_face() =>
        House.Assemblies.SelectMany(entry => InMigrations(entry.Value)).ShouldBeEmpty();

    [Fact]
    public void No_type_has_a_member_for_them() =>
        House.Assemblies.SelectMany(entry => House.Types(entry.Value)).SelectMany(Members).ShouldBeEmpty();

    [Fact]
    public void No_layout_takes_them_in() =>
        Directory.EnumerateFiles(Path.Combine(Support.Repository.Root, "districts"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(House.Source, "access.yaml", SearchOption.AllDirectories))
            .SelectMany(file => InLayout(Path.GetFileName(file), File.ReadAllText(file))).ShouldBeEmpty();

    [Fact]
    public void A_planted_field_of_each_kind_is_caught()
    {
        House.Types(House.Planted).SelectMany(Members).ShouldContain("Planted.Ethnicity");
        Words("create table people_x (id bigint, minzu text)").ShouldBe(["minzu"]);
        InLayout("household.yaml", "columns:\n  姓名: { field: name }\n  民族: { field: people }").ShouldBe(["household.yaml: 民族"]);
        InLayout("household.yaml", "# 民族 is never taken in\ncolumns:\n  姓名: { field: name }").ShouldBeEmpty();
    }

    private static IEnumerable<string> InMigrations(AssemblyDefinition assembly) => assembly.MainModule.Resources.OfType<EmbeddedResource>()
        .Where(resource => resource.Name.EndsWith(".sql", StringComparison.Ordinal))
        .SelectMany(resource => Words(System.Text.Encoding.UTF8.GetString(resource.GetResourceData())).Select(word => $"{resource.Name}: {word}"));

    private static IEnumerable<string> Members(TypeDefinition type) => type.Properties.Select(property => property.Name)
        .Concat(type.Fields.Where(field => !field.IsPrivate).Select(field => field.Name))
        .Where(name => Words(name).Any()).Select(name => $"{type.Name}.{name}").Distinct();

    private static IEnumerable<string> InLayout(string file, string text) =>
        text.Split('\n').Select(line => line.Split('#')[0]).SelectMany(Words).Select(word => $"{file}: {word}");

    private static IEnumerable<string> Words(string text) => Forbidden().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"民族|宗教|信仰|人脸|མི་རིགས|ཆོས་ལུགས|ethnic\w*|religio\w*|minzu|zongjiao|nationality|face_?(print|id|vector|embedding)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
