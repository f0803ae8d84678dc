using System.Text.RegularExpressions;

namespace Legwork.Architecture.Tests;

/// <summary>What the sources themselves are held to.</summary>
public partial class SourceTests
{
    private const int LinesMax = 300, SignsMax = 150;

    [Fact]
    public void A_file_is_read_in_one_sitting() =>
        Files("src", "tests", "bench").Where(file => IsCode(file.Name)).SelectMany(file => TooLong(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void A_line_is_read_without_turning_the_head() =>
        Files("src", "tests", "bench").Where(file => Path.GetExtension(file.Name) is ".cs" or ".razor")
            .SelectMany(file => TooWide(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_for_later() =>
        Files("src", "tests", "rules", "districts").SelectMany(file => LeftForLater(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void Nothing_reaches_outside_the_house() =>
        Files("src").Where(file => IsCode(file.Name)).SelectMany(file => OutsideAddresses(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void A_day_is_the_districts_day_and_not_the_machines() =>
        Files("src/Platform", "src/Modules").SelectMany(file => MachineDays(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void No_test_waits_by_the_clock() =>
        Files("tests").Where(file => IsCode(file.Name)).SelectMany(file => ClockWaits(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void What_a_test_demands_is_demanded_also_of_nothing() =>
        Files("tests").Where(file => IsCode(file.Name)).SelectMany(file => Unsaid(file.Name, file.Text)).ShouldBeEmpty();

    /// <summary>A framework's message may hold whatever a file or a request holds: people get words of ours, and the log the rest.</summary>
    [Fact]
    public void What_others_say_of_a_fault_goes_into_the_log_alone() =>
        Files("src/Platform", "src/Modules", "src/Libraries/Registers", "src/Host/Web", "src/Host/Backup")
            .Where(file => IsCode(file.Name)).SelectMany(file => ForeignWords(file.Name, file.Text)).ShouldBeEmpty();

    [Fact]
    public void The_solution_names_every_project() =>
        Files("src", "tests", "bench").Select(file => file.Name).Where(name => name.EndsWith(".csproj", StringComparison.Ordinal))
            .Except(Named(File.ReadAllText(Repository.In("Legwork.slnx")))).ShouldBeEmpty();

    [Fact]
    public void Names_say_what_a_thing_does() =>
        House.Assemblies.Values.SelectMany(House.Types).Where(type => !type.Name.Contains('<')).Select(type => type.Name)
            .Where(name => EmptyName().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void A_planted_breach_of_each_kind_is_caught()
    {
        TooLong("a.cs", string.Concat(Enumerable.Repeat("line\n", LinesMax + 1))).ShouldBe(["a.cs has 301 lines"]);
        TooLong("a.cs", string.Concat(Enumerable.Repeat("line\n", LinesMax))).ShouldBeEmpty();
        TooWide("a.cs", $"short\n{new string('字', SignsMax + 1)}\n").ShouldBe(["a.cs(2) has 151 signs"]);
        TooWide("src/a.cs", new string('字', 51)).ShouldBe(["src/a.cs(1) has 153 signs"]);
        TooWide("a.razor", new string('字', SignsMax) + "\r\n").ShouldBeEmpty();
        LeftForLater("a.cs", "var x = 1; // TO" + "DO: the rest").ShouldBe(["a.cs(1): left for later"]);
        OutsideAddresses("map.ts", "fetch('https://tiles.example.com/{z}')").ShouldBe(["map.ts: https://tiles.example.com"]);
        OutsideAddresses("a.cs", "/// <see href=\"https://example.com\"/> in a comment\nvar x = \"http://127.0.0.1:8080\"; // https://example.com")
            .ShouldBeEmpty();
        MachineDays("a.cs", "var today = DateOnly.FromDateTime(clock.GetLocal" + "Now().DateTime);")
            .ShouldBe(["a.cs(1): ask the calendar for the day"]);
        ClockWaits("a.cs", "await Task" + ".Delay(100);").ShouldBe(["a.cs(1): wait for what is to come, not by the clock"]);
        ClockWaits("a.cs", "await page.WaitFor" + "TimeoutAsync(50); // or: setTime" + "out(go, 50)").ShouldHaveSingleItem();
        ClockWaits("a.cs", "clock.Advance(TimeSpan.FromSeconds(1));").ShouldBeEmpty();
        Unsaid("a.cs", "outcome.Refusal?" + ".Code.ShouldBe(refusal);").ShouldBe(["a.cs(1): nothing is demanded where it is null"]);
        Unsaid("a.cs", "(outcome.Refusal?.Code).ShouldBe(refusal);\n(a?.B, c?.D($\"{e}\")).ShouldBe((1, 2));").ShouldBeEmpty();
        string[] told = ["page.Say(broken" + ".Message);", "row.Set($\"{bro" + "ken}\");", "row.Set(broken" + ".ToString());"];
        foreach (var line in told)
            ForeignWords("a.cs", $"try {{ }}\ncatch (JsonException broken) when (broken is not null)\n{line}")
                .ShouldBe(["a.cs(3): say it in words of ours, and log the rest"]);
        ForeignWords("a.cs", "catch (Exception broken)\nNotHeard(log, name, broken.Message);\ncatch (RefusedLine own)\npage.Say(own.Message);")
            .ShouldBeEmpty();
        Named("""<Project Path="src/A/Legwork.A.csproj" />""").ShouldBe(["src/A/Legwork.A.csproj"]);
        EmptyName().IsMatch("PersonManager").ShouldBeTrue();
        EmptyName().IsMatch("Baseline").ShouldBeFalse();
    }

    private static IEnumerable<string> TooLong(string name, string text) =>
        text.Count(c => c == '\n') is > LinesMax and var lines ? [$"{name} has {lines} lines"] : [];

    private static IEnumerable<string> TooWide(string name, string text) => text.Split('\n').Index()
        .Select(line => (At: line.Index + 1, Width: WidthOf(name, line.Item.TrimEnd('\r')))).Where(line => line.Width > SignsMax)
        .Select(line => $"{name}({line.At}) has {line.Width} signs");

    // A Chinese sign is wider than a letter, and three bytes. Tests quote what offices write, as they write it.
    private static int WidthOf(string name, string line) =>
        name.StartsWith("src/", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetByteCount(line) : line.Length;

    private static IEnumerable<string> LeftForLater(string name, string text) => text.Split('\n').Index()
        .Where(line => Later().IsMatch(line.Item)).Select(line => $"{name}({line.Index + 1}): left for later");

    private static IEnumerable<string> MachineDays(string name, string text) => text.Split('\n').Index()
        .Where(line => MachineDay().IsMatch(line.Item)).Select(line => $"{name}({line.Index + 1}): ask the calendar for the day");

    private static IEnumerable<string> ClockWaits(string name, string text) => text.Split('\n').Index()
        .Where(line => ClockWait().IsMatch(line.Item)).Select(line => $"{name}({line.Index + 1}): wait for what is to come, not by the clock");

    private static IEnumerable<string> Unsaid(string name, string text) => text.Split('\n').Index()
        .Where(line => DemandOfSome().IsMatch(line.Item)).Select(line => $"{name}({line.Index + 1}): nothing is demanded where it is null");

    private static IEnumerable<string> ForeignWords(string name, string text)
    {
        var caught = ForeignCatch().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        return text.Split('\n').Index()
            .Where(line => !line.Item.Contains("(log,", StringComparison.Ordinal) && caught.Exists(fault => Tells(line.Item, fault)))
            .Select(line => $"{name}({line.Index + 1}): say it in words of ours, and log the rest");

        static bool Tells(string line, string fault) =>
            Regex.IsMatch(line, $@"\b{fault}\.(Message|ToString\()|\{{{fault}\}}", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<string> Named(string solution) => ProjectPath().Matches(solution).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> OutsideAddresses(string name, string text) => text.Split('\n')
        .Select(line => Comment().Replace(line, "$1")).SelectMany(line => Address().Matches(line).Select(match => match.Value))
        .Where(address => !Ours().IsMatch(address)).Select(address => $"{name}: {address}");

    private static bool IsCode(string name) => Path.GetExtension(name) is ".cs" or ".razor" or ".ts" or ".css" or ".mjs";

    private static IEnumerable<(string Name, string Text)> Files(params string[] folders) =>
        folders.Select(folder => Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj"))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".ts" or ".css" or ".mjs" or ".yaml" or ".sql" or ".csproj")
        .Order(StringComparer.Ordinal).Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file)));

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"GetLocalNow|DateTime\.(Now|Today)|UtcDateTime\)|GetUtcNow\(\)\.Date\)")]
    private static partial Regex MachineDay();

    // Pieces, so that this file does not catch itself.
    [GeneratedRegex(@"Task\.De" + @"lay|Thread\.Sl" + @"eep|WaitForTime" + @"out|SpinWa" + @"it|PeriodicTi"
        + @"mer|\bsetTime" + @"out\(|\bsetInter" + @"val\(")]
    private static partial Regex ClockWait();

    // A demand behind a question mark says nothing when what stands before it is null: the call is passed over with the rest.
    [GeneratedRegex(@"\?\.(\w|\(\)|\.)*\.Should[A-Z]")]
    private static partial Regex DemandOfSome();

    [GeneratedRegex(@"catch \((?:Exception|(?:IO|Json|Xml|Sqlite|Npgsql|Postgres|InvalidData|Socket|Cryptographic|HttpRequest)Exception) (\w+)\)")]
    private static partial Regex ForeignCatch();

    [GeneratedRegex(@"<Project Path=""([^""]+)""")]
    private static partial Regex ProjectPath();

    [GeneratedRegex(@"(^|[^:""'])//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"https?://[A-Za-z0-9.\-\[\]:]+")]
    private static partial Regex Address();

    // Names of XML vocabularies and of an event, where an operator is told to look, and names that lead nowhere (RFC 2606): nothing
    // fetches these.
    [GeneratedRegex(@"^https?://(127\.0\.0\.1|localhost|www\.w3\.org|schemas\.(openxmlformats|openid)\.(org|net)|dotnet\.microsoft\.com"
        + @"|[a-z]+\.example(?![.\w]))")]
    private static partial Regex Ours();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Common|Impl)$")]
    private static partial Regex EmptyName();
}
