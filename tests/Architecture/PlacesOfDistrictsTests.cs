using System.Text.RegularExpressions;
using Legwork.Registers;
using Legwork.Yaml;

namespace Legwork.Architecture.Tests;

/// <summary>
/// What is so in one district is data of its folder: no source names a place of a district or the title of one of its lists. The words that are
/// looked for are read from the districts themselves, so that another district is guarded by being there.
/// </summary>
public class PlacesOfDistrictsTests
{
    /// <summary>Where a place may be named, and why.</summary>
    private static readonly Dictionary<string, string> Unavoidable = new(StringComparer.Ordinal)
    {
        ["src/Demo/"] = "invents the people of 540102, its streets, offices and lists",
        ["src/Host/DistrictOptions.cs"] = "which district comes up when none is named",
        ["src/Host/Commands/DemoCommand.cs"] = "the demonstration is 540102's",
        ["src/Modules/Immunization/ClinicsChapter.cs"] = "the demonstration's clinic writes its lists under these titles",
        ["src/Host/Soak/FuzzTrials.cs"] = "tries the demonstration's pages with codes and lists that are there",
        ["src/Host/Soak/SoakWriter.cs"] = "opens cases in the demonstration",
        ["src/Modules/People/Texts/called.yaml"] = "the table of every province of the country in three languages",
    };

    private static readonly IReadOnlyList<string> Words = [.. Districts().SelectMany(WordsOf).Distinct()];

    private static readonly IReadOnlyList<string> Titles = [.. Districts()
        .SelectMany(folder => new[] { "registers", "clinics" }.Select(of => Path.Combine(folder, of)))
        .Where(Directory.Exists).SelectMany(folder => LayoutBook.Load(folder).Value.Layouts).Select(layout => layout.Source).Distinct()];

    [Fact]
    public void No_source_names_a_place_of_a_district_or_one_of_its_lists() =>
        Sources().Where(file => !Unavoidable.Keys.Any(file.Name.StartsWith)).SelectMany(file => Named(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed() => Unavoidable.Keys
        .Where(place => !Sources().Any(file => file.Name.StartsWith(place, StringComparison.Ordinal) && Named(file.Name, file.Text).Any()))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("a.cs", "if (address.StartsWith(\"西藏\")) return;", "西藏")]
    [InlineData("a.cs", "/// such as <c>540102006001-G03</c>", "540102")]
    [InlineData("a.razor", "<p>八廓东社区</p>", "八廓")]
    [InlineData("a.yaml", "a.b: { zh: 锦江区, bo: x, en: x }", "锦江区")]
    [InlineData("a.yaml", "a.b: { zh: x, bo: x, en: Office of Lhasa }", "Lhasa")]
    [InlineData("a.ts", "const title = '春熙路';", "春熙路")]
    [InlineData("a.cs", "public const string Roll = \"参保人员\";", "参保人员")]
    [InlineData("a.cs", "Directory.EnumerateFiles(folder, \"学籍花名册_*\")", "学籍花名册")]
    [InlineData("a.cs", "Directory.EnumerateFiles(folder, \"接种记录_*\")", "接种记录")]
    public void A_planted_place_or_title_is_caught(string name, string line, string word) => Named(name, line).ShouldBe([$"{name}(1): {word}"]);

    [Theory]
    [InlineData("a.cs", "// 某某市某某区, 幸福路56号")]
    [InlineData("a.cs", "var place = \"110101001001-G03\"; var digits = \"15401023\";")]
    [InlineData("a.yaml", "a.b: { zh: 户籍人口与参保人员, bo: x, en: Households and the insured }")]
    public void What_only_looks_like_one_is_not(string name, string line) => Named(name, line).ShouldBeEmpty();

    /// <summary>The shortest word of each line that has one; titles count in quotation marks, since texts speak of
    /// households and roads too.</summary>
    private static IEnumerable<string> Named(string name, string text) => text.Split('\n').Index().SelectMany(line =>
    {
        var found = Words.Where(word => Stands(word, line.Item)).ToList();
        if (Path.GetExtension(name) != ".yaml")
            found.AddRange(Titles.Where(title => line.Item.Contains(title, StringComparison.Ordinal)
                && Regex.IsMatch(line.Item, $"[\"'/]{Regex.Escape(title)}[_\"'.]")));
        return found.OrderBy(word => word.Length).Take(1).Select(word => $"{name}({line.Index + 1}): {word}");
    });

    /// <summary>A code within a longer run of digits or a name within a longer word is another one; so is a resident number's region.</summary>
    private static bool Stands(string word, string line) => line.Contains(word, StringComparison.Ordinal) && (!char.IsAscii(word[0])
        || Regex.IsMatch(line, word.All(char.IsAsciiDigit) ? $"(?<![0-9]){word}(?![0-9]{{12}})" : $@"\b{Regex.Escape(word)}\b"));

    /// <summary>Codes and names of the district and all places above and in it, whole and as people shorten them.</summary>
    private static IEnumerable<string> WordsOf(string folder)
    {
        var root = YamlNode.Load(Path.Combine(folder, "district.yaml"));
        var (city, streets) = (root["city"], root.List("streets"));
        yield return Path.GetFileName(folder);
        foreach (var place in streets.Append(root).Append(city).Append(root["province"]))
        {
            yield return place.Text("zh");
            foreach (var part in place.Text("en").Split(", ")) yield return part;
        }
        foreach (var street in streets) yield return street.Text("zh")[..^"街道".Length];
        yield return root.Text("zh").Replace(city.Text("zh"), "");
        foreach (var word in root["provinces"].Words("home")) yield return word;
    }

    private static IEnumerable<string> Districts() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "districts")).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Sources() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj"))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".ts" or ".css" or ".mjs" or ".yaml" or ".sql")
        .Order(StringComparer.Ordinal).Select(file => (Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file)));
}
