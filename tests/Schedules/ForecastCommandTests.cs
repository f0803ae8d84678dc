using System.Text.Json;
using Legwork.Schedules.National;
using Legwork.Schedules.Population;

namespace Legwork.Schedules.Tests;

public sealed class ForecastCommandTests : IDisposable
{
    private static readonly string Rules = Path.Combine(Repository.Root, "rules", "immunization");
    private readonly string folder = Directory.CreateTempSubdirectory("legwork-forecast-").FullName;
    private readonly StringWriter errors = new();

    private string At(string name) => Path.Combine(folder, name);

    private Task<int> Run(params string[] more) =>
        ForecastCommand.Run(["--rules", "cn-2026", "--in", At("in.ndjson"), "--out", At("out.ndjson"), "--on", "2026-09-01", .. more], Rules,
            TimeProvider.System, errors);

    [Fact]
    public async Task Everybody_is_answered_in_the_order_of_the_file()
    {
        var people = new InventedPatients(NationalRules.Load(Path.Combine(Rules, "cn-2026")), 5);
        File.WriteAllLines(At("in.ndjson"),
            Enumerable.Range(0, 3000).Select(i => InventedPatients.Line($"P{i}", people.Next(new DateOnly(2026, 9, 1)))));
        (await Run("--cores", "2")).ShouldBe(0, errors.ToString());
        var answers = File.ReadLines(At("out.ndjson")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        answers.Select(a => a.GetProperty("id").GetString()).ShouldBe(Enumerable.Range(0, 3000).Select(i => $"P{i}"));
        var once = File.ReadAllBytes(At("out.ndjson"));
        (await Run("--cores", "1")).ShouldBe(0);
        File.ReadAllBytes(At("out.ndjson")).ShouldBe(once);
    }

    [Fact]
    public async Task An_answer_has_the_fields_that_are_documented_and_explains_itself_when_asked()
    {
        File.WriteAllText(At("in.ndjson"),
            """{"id":"k","born":"2026-01-05","sex":"F","assessed":"2026-04-01","doses":[{"date":"2026-01-05","vaccine":"HepB"},"""
                + """{"date":"2026-01-20","vaccine":"HepB"}]}""");
        (await Run("--explain")).ShouldBe(0, errors.ToString());
        var answer = JsonDocument.Parse(File.ReadAllText(At("out.ndjson"))).RootElement;
        answer.GetProperty("assessed").GetString().ShouldBe("2026-04-01");
        var hepB = answer.GetProperty("groups").EnumerateArray()
            .First(g => g.GetProperty("group").GetString()!.Contains("hepb", StringComparison.OrdinalIgnoreCase));
        hepB.GetProperty("status").GetString().ShouldBe("not_complete");
        hepB.GetProperty("dose").GetInt32().ShouldBe(2);
        hepB.GetProperty("doses").EnumerateArray().Select(d => d.GetProperty("status").GetString()).ShouldBe(["valid", "not_valid"]);
        hepB.GetProperty("why").EnumerateArray().ShouldContain(n => n.GetProperty("code").GetString() == "dose.would_count_from");
    }

    [Theory]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-02-30\"}", "line 2: forecast.date: born: '2026-02-30'")]
    [InlineData("{\"id\":\"b\"}", "line 2: forecast.born")]
    [InlineData("{\"id\":\"b\",\"born\":", "line 2: forecast.json")]
    [InlineData("[1,2]", "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-01\"} x", "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-01\",\"sex\":\"?\"}", "line 2: forecast.sex")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-01\",\"doses\":[{\"date\":\"2026-01-02\"}]}", "line 2: forecast.dose: doses: dose 1")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"doses\":[{\"date\":\"2026-01-01\",\"vaccine\":\"BCG\"}]}",
        "line 2: forecast.dose_before_birth")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"doses\":7}", "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"doses\":[{\"date\":\"2026-02-02\",\"vaccine\":\"BCG\",\"substandard\":\"true\"}]}",
        "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"doses\":[{\"date\":\"2026-02-02\",\"vaccine\":\"BCG\",\"volume\":\"0.5\"}]}",
        "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"sex\":true}", "line 2: forecast.json")]
    [InlineData("{\"id\":\"b\",\"born\":\"2026-01-02\",\"observations\":[{}]}", "line 2: forecast.observation")]
    public async Task A_bad_line_is_refused_by_name_and_nothing_is_written(string bad, string said)
    {
        File.WriteAllLines(At("in.ndjson"), ["{\"id\":\"a\",\"born\":\"2026-01-01\"}", bad, "{\"id\":\"c\",\"born\":\"2026-01-01\"}"]);
        File.WriteAllText(At("out.ndjson"), "what was there before");
        (await Run()).ShouldBe(2);
        errors.ToString().ShouldContain(said);
        File.ReadAllText(At("out.ndjson")).ShouldBe("what was there before");
        Directory.GetFiles(folder).Length.ShouldBe(2);
        // Told to keep going, the line is answered by its refusal, between its neighbours.
        (await Run("--keep-going")).ShouldBe(3);
        var answers = File.ReadLines(At("out.ndjson")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        answers.Count.ShouldBe(3);
        answers[1].GetProperty("line").GetInt32().ShouldBe(2);
        answers[1].GetProperty("refused").GetString().ShouldNotBeNull().ShouldStartWith("forecast.");
        answers[2].GetProperty("id").GetString().ShouldBe("c");
    }

    [Fact]
    public async Task What_the_rules_do_not_know_is_named_in_the_answer_and_changes_nothing_else()
    {
        File.WriteAllLines(At("in.ndjson"),
        [
            """{"id":"a","born":"2026-01-05","doses":[{"date":"2026-01-05","vaccine":"HepB"},{"date":"2026-02-05","vaccine":"XYZ"}],"""
                + """ "observations":[{"code":"moonstruck"},{"code":"preterm"}]}""",
            """{"id":"a","born":"2026-01-05","doses":[{"date":"2026-01-05","vaccine":"HepB"}],"observations":[{"code":"preterm"}]}""",
        ]);
        (await Run()).ShouldBe(0, errors.ToString());
        var lines = File.ReadAllLines(At("out.ndjson"));
        var unknown = JsonDocument.Parse(lines[0]).RootElement.GetProperty("unknown");
        unknown.GetProperty("vaccines").EnumerateArray().Select(one => one.GetString()).ShouldBe(["XYZ"]);
        unknown.GetProperty("observations").EnumerateArray().Select(one => one.GetString()).ShouldBe(["moonstruck"]);
        lines[1].ShouldNotContain("unknown");
        lines[0].Replace(",\"unknown\":" + unknown.GetRawText(), "", StringComparison.Ordinal).ShouldBe(lines[1]);
        errors.ToString().ShouldContain("notice: 1 patients have vaccines or observations");
    }

    [Fact]
    public async Task Lines_longer_than_a_piece_and_empty_lines_are_taken()
    {
        var doses = string.Join(',',
            Enumerable.Range(0, 400).Select(i => $"{{\"date\":\"2026-01-05\",\"vaccine\":\"BCG\",\"note\":\"{new string('x', 1000)}\"}}"));
        File.WriteAllText(At("in.ndjson"),
            $"{{\"id\":\"a\",\"born\":\"2026-01-05\",\"doses\":[{doses}]}}\r\n\n{{\"id\":\"b\",\"born\":\"2026-01-05\"}}");
        (await Run()).ShouldBe(0, errors.ToString());
        File.ReadLines(At("out.ndjson")).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Odd_lines_are_answered_or_refused_and_never_break_the_run()
    {
        var name = new string('n', 200);
        File.WriteAllText(At("in.ndjson"),
            $$"""{"{{name}}":{"a":[1,{"b":null}]},"\u0069d":7,"born":"2026-01-05","doses":null}""".Replace("null}", "[]}"));
        (await Run()).ShouldBe(0, errors.ToString());
        JsonDocument.Parse(File.ReadAllText(At("out.ndjson"))).RootElement.GetProperty("id").GetString().ShouldBe("7");
        File.WriteAllBytes(At("in.ndjson"), [.. "{\"id\":\""u8, 0xFF, 0xFE, .. "\",\"born\":\"2026-01-05\"}"u8]);
        (await Run()).ShouldBe(2);
        errors.ToString().ShouldContain("line 1: forecast.json: a text is not UTF-8");
        var chance = new Random(11);
        var good =
            """{"id":"a","born":"2026-01-05","sex":"F","doses":[{"date":"2026-01-05","vaccine":"BCG"}],"observations":[{"code":"preterm"}]}"""u8
                .ToArray();
        File.WriteAllBytes(At("in.ndjson"), [.. Enumerable.Range(0, 3000).SelectMany(_ =>
        {
            var line = good.ToArray();
            for (var i = chance.Next(1, 4); i > 0; i--) line[chance.Next(line.Length)] = (byte)chance.Next(32, 256);
            return line.Append((byte)'\n');
        })]);
        (await Run("--keep-going")).ShouldBe(3);
        File.ReadLines(At("out.ndjson")).Count().ShouldBe(3000);
    }

    [Fact]
    public async Task A_rule_set_that_is_not_there_is_named_together_with_those_that_are()
    {
        File.WriteAllText(At("in.ndjson"), "");
        (await ForecastCommand.Run(["--rules", "xx-1900", "--in", At("in.ndjson"), "--out", At("out.ndjson")], Rules,
            TimeProvider.System, errors)).ShouldBe(2);
        errors.ToString().ShouldContain("cn-2026");
        (await ForecastCommand.Run(["--rules"], Rules, TimeProvider.System, errors)).ShouldBe(2);
        File.Exists(At("out.ndjson")).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
