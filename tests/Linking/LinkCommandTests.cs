using System.Text.Json;

namespace Legwork.Linking.Tests;

public sealed class LinkCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("linking").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void The_command_writes_links_pairs_and_a_report_that_needs_nothing_from_outside()
    {
        var rows = Invented.Rows(200);
        Write("a.csv", ["id,name,born,town,phone", .. rows.Select((r, i) => $"k{i},\"{r.Name}\",{r.Born},{r.Town},{r.Phone}")]);
        Write("truth.csv", ["id,person", .. rows.Select((r, i) => $"k{i},{r.Person}")]);
        Write("m.yaml", [Invented.Model]);
        var output = new StringWriter();
        LinkCommand.Run([At("a.csv"), "--model", At("m.yaml"), "--out", At("links.csv"), "--pairs", At("pairs.csv"), "--truth", At("truth.csv"),
            "--report", At("r.html"), "--json"], output, TextWriter.Null).ShouldBe(0);

        File.ReadAllLines(At("links.csv")).Length.ShouldBe(rows.Count + 1);
        File.ReadAllLines(At("pairs.csv"))[0].ShouldStartWith("record_id_a,record_id_b,bits,probability,same_cluster,name,name bits");
        JsonDocument.Parse(output.ToString()).RootElement.GetProperty("f1").GetDouble().ShouldBeGreaterThan(0.97);
        var html = File.ReadAllText(At("r.html"));
        html.ShouldContain("<svg");
        html.ShouldNotContain("http");
    }

    [Theory]
    [InlineData("id,name,born,town\nk1,a,b,c\n", "needs the column phone")]
    [InlineData("id,name,born,town,phone\nk1,a,b,c\n", "line 2: 4 fields where the header has 5")]
    [InlineData("id,name,born,town,phone\nk1,a,b,c,d\nk1,a,b,c,d\n", "line 3: the id k1 stands twice")]
    [InlineData("id,name,born,town,phone\nk1,\"a,b,c,d\n", "line 2: a quote is opened and never closed")]
    [InlineData("", "the file is empty")]
    public void A_malformed_table_is_refused_with_line_and_reason_and_nothing_is_written(string csv, string reason)
    {
        File.WriteAllText(At("a.csv"), csv);
        Write("m.yaml", [Invented.Model]);
        var errors = new StringWriter();
        LinkCommand.Run([At("a.csv"), "--model", At("m.yaml"), "--out", At("links.csv")], TextWriter.Null, errors).ShouldBe(2);
        errors.ToString().ShouldContain(reason);
        File.Exists(At("links.csv")).ShouldBeFalse();
    }

    [Fact]
    public void A_table_longer_than_the_window_is_read_whole_and_a_row_that_never_ends_is_refused()
    {
        const int rows = 60_000;
        Write("long.csv", ["id,name",
            .. Enumerable.Range(0, rows).Select(r => $"k{r},\"{new string((char)('a' + r % 26), 30)}, \"\"{r}\"\"\nof line two\"")]);
        var table = new RecordTable(["name"]);
        CsvTable.Load(At("long.csv"), "id", "t", table);
        table.Count.ShouldBe(rows);
        for (var r = 0; r < rows; r += 7) table.Text(r, "name").ShouldBe($"{new string((char)('a' + r % 26), 30)}, \"{r}\"\nof line two");

        Write("endless.csv", ["id,name", "k1,a", "k2,\"" + new string('x', 3_000_000)]);
        Should.Throw<TableException>(() => CsvTable.Load(At("endless.csv"), "id", "t", new RecordTable(["name"]))).Line.ShouldBe(3);
    }

    [Fact]
    public void Febrl_is_linked_as_well_as_asked_without_labels()
    {
        string a = Repository.Sample("people/febrl/dataset4a.csv"), b = Repository.Sample("people/febrl/dataset4b.csv"),
            dedupe = Repository.Sample("people/febrl/dataset3.csv");
        F1([a, b]).ShouldBeGreaterThanOrEqualTo(0.9991);
        F1([dedupe]).ShouldBeGreaterThanOrEqualTo(0.9960);
    }

    [Fact]
    public void A_value_far_commoner_than_its_columns_others_is_named_with_its_share_and_weighs_nothing()
    {
        var rows = Invented.Rows(300);
        var plain = Linked(rows, "plain.csv", out _);
        // One row of eight came from a form that fills in a day and a telephone.
        var formed = rows.Select((row, i) => i % 8 == 0 ? row with { Born = "1900-01-01", Phone = "00000000" } : row).ToList();
        var found = Linked(formed, "formed.csv", out var errors);
        errors.ShouldContain("1900-01-01 stands in");
        errors.ShouldContain("% of born");
        errors.ShouldContain("00000000 stands in");
        errors.ShouldNotContain("of town", customMessage: "a popular town is no placeholder");
        plain.ShouldBeGreaterThan(0.97);
        found.ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void An_id_of_two_tables_is_refused_and_so_are_decisions_that_contradict_each_other()
    {
        Write("a.csv", ["id,name,born,town,phone", "1,ana,1960-01-01,x,1", "2,bea,1961-01-01,y,2"]);
        Write("b.csv", ["id,name,born,town,phone", "2,ana,1960-01-01,x,1"]);
        Write("m.yaml", [Invented.Model]);
        Refused("the id 2 stands in", "a.csv", "b.csv");
        Write("d.csv", ["record_id_a,record_id_b,same", "1,2,yes", "2,1,no"]);
        Refused("line 3: the opposite of line 2", "a.csv", "--decisions", At("d.csv"));

        void Refused(string because, string table, params string[] more)
        {
            var errors = new StringWriter();
            LinkCommand.Run([At(table),
                .. more.Select(word => word.EndsWith(".csv", StringComparison.Ordinal) && !word.Contains('/') ? At(word) : word),
                "--model", At("m.yaml"), "--out", At("links.csv")], TextWriter.Null, errors).ShouldBe(2);
            errors.ToString().ShouldContain(because);
            File.Exists(At("links.csv")).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_reported_tables_are_linked_or_refused_as_their_notes_want()
    {
        var (placeholders, same) = (Repository.Sample("reports/files/link-placeholders"), Repository.Sample("reports/files/link-same-ids"));
        string In(string of, string name) => Path.Combine(of, name);
        var (output, errors) = (new StringWriter(), new StringWriter());
        LinkCommand.Run([In(placeholders, "a.csv"), In(placeholders, "b.csv"), "--model", In(placeholders, "readers.yaml"), "--out", At("links.csv"),
            "--truth", In(placeholders, "truth.csv"), "--json"], output, errors).ShouldBe(0);
        errors.ToString().ShouldContain("1900-01-01 stands in 13 % of born");
        errors.ToString().ShouldContain("00000000 stands in");
        JsonDocument.Parse(output.ToString()).RootElement.GetProperty("f1").GetDouble().ShouldBeGreaterThan(0.92);
        LinkCommand.Run([In(same, "a.csv"), In(same, "b.csv"), "--model", In(same, "readers.yaml"), "--out", At("same.csv")], TextWriter.Null, errors)
            .ShouldBe(2);
        File.Exists(At("same.csv")).ShouldBeFalse();
    }

    private double Linked(List<Invented.Row> rows, string table, out string said)
    {
        Write(table, ["id,name,born,town,phone", .. rows.Select((r, i) => $"k{i},\"{r.Name}\",{r.Born},{r.Town},{r.Phone}")]);
        Write("truth.csv", ["id,person", .. rows.Select((r, i) => $"k{i},{r.Person}")]);
        Write("m.yaml", [Invented.Model]);
        var (output, errors) = (new StringWriter(), new StringWriter());
        LinkCommand.Run([At(table), "--model", At("m.yaml"), "--out", At("links.csv"), "--truth", At("truth.csv"), "--json"], output, errors)
            .ShouldBe(0);
        said = errors.ToString();
        return JsonDocument.Parse(output.ToString()).RootElement.GetProperty("f1").GetDouble();
    }

    private double F1(string[] tables)
    {
        LinkCommand.Run([.. tables, "--model", Repository.In("bench/linking/febrl.yaml"), "--out", At("links.csv")],
            TextWriter.Null, TextWriter.Null).ShouldBe(0);
        var links = File.ReadAllLines(At("links.csv")).Skip(1).Select(l => l.Split(',')).ToArray();
        var number = new Dictionary<string, int>();
        int Number(string text) => number.TryGetValue(text, out var n) ? n : number[text] = number.Count;
        return Accuracy.Of(links.Select(l => Number(l[1])).ToArray(), links.Select(l => Number("person " + l[0].Split('-')[1])).ToArray()).F1;
    }

    private string At(string name) => Path.Combine(folder, name);

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllText(At(name), string.Join('\n', lines) + "\n");
}
