namespace Legwork.Linking.Tests;

public class WeightTests
{
    [Fact]
    public void A_waterfall_adds_up_to_the_bits_worked_out_by_hand()
    {
        const string yaml = """
            id: id
            comparisons:
              colour:
                - {is: equal, of: colour, tf: true}
              size:
                - {is: equal, of: size}
            blocking: {keys: [[colour], [size]]}
            """;
        var model = LinkModel.Parse(yaml);
        var table = new RecordTable(["colour", "size"]);
        foreach (var (colour, size) in new[] { ("red", "1"), ("red", "1"), ("blue", "2"), ("red", "3") })
            table.Add(table.Source("t"), $"{table.Count}", colour, size);
        var weights = new Weights(model.Comparisons) { Prior = 0.2, Passes = [0, 1] };
        (weights.M[0][1], weights.M[0][2], weights.U[0][1], weights.U[0][2]) = (0.8, 0.2, 0.5, 0.5);
        (weights.M[1][1], weights.M[1][2], weights.U[1][1], weights.U[1][2]) = (0.9, 0.1, 0.1, 0.9);
        var columns = new Columns(model, table, 1);
        var comparer = new Comparer(model.Comparisons, columns, NodeSet.Singles(4), 1);
        weights.Terms[0][1] = TermFrequencies.Count(model.Comparisons[0].Levels[0], model.Comparisons[0], comparer.Store(0),
            [comparer.TupleOf(0, 0), comparer.TupleOf(0, 1), comparer.TupleOf(0, 2), comparer.TupleOf(0, 3)], columns.Pool);

        var waterfall = new Linker(model).Link(table, weights: weights).Explain(0, 1);

        waterfall.PriorBits.ShouldBe(-2, 1e-9);                                      // log2(0.2 / 0.8)
        waterfall.Steps[0].Bits.ShouldBe(Math.Log2(1.6), 1e-6);                      // log2(0.8 / 0.5)
        waterfall.Steps[0].TermBits.ShouldBe(Math.Log2(0.5 / 0.75), 1e-6);           // Σ = 3/4·2/3; red stands in three of four
        waterfall.Steps[1].Bits.ShouldBe(Math.Log2(9), 1e-6);                        // log2(0.9 / 0.1)
        waterfall.Bits.ShouldBe(-2 + Math.Log2(1.6) + Math.Log2(2 / 3.0) + Math.Log2(9), 1e-6);
        waterfall.Probability.ShouldBe(2.4 / 3.4, 1e-6);                             // odds 1/4 · 1.6 · 2/3 · 9
    }

    [Fact]
    public void Estimation_finds_the_weights_that_made_the_records()
    {
        var rows = Invented.Rows(3000);
        var weights = new Linker(LinkModel.Parse(Invented.Model)).Link(Invented.Table(rows)).Weights;
        var pairs = rows.GroupBy(r => r.Person).SelectMany(g => g.SelectMany((a, i) => g.Skip(i + 1).Select(b => (a, b)))).ToList();
        weights.M[0][1].ShouldBe(pairs.Count(p => p.a.Name == p.b.Name) / (double)pairs.Count, 0.02);
        weights.M[2][1].ShouldBe(pairs.Count(p => p.a.Town == p.b.Town) / (double)pairs.Count, 0.02);
        weights.U[2][1].ShouldBe(1 / 40.0, 0.003);
        var n = rows.Count;
        weights.Prior.ShouldBe(pairs.Count / (n * (n - 1) / 2.0), weights.Prior * 0.05);
    }

    [Fact]
    public void A_comparison_that_no_pass_leaves_free_is_said_to_be_unidentified()
    {
        const string yaml = """
            id: id
            comparisons:
              name: [{is: equal, of: name}]
              born: [{is: equal, of: born}]
            blocking: {keys: [[name]]}
            """;
        var warnings = new Linker(LinkModel.Parse(yaml)).Link(Invented.Table(Invented.Rows(100))).Weights.Warnings;
        warnings.ShouldContain(w => w.StartsWith("name: m rests on 0.0 expected matches"));
    }

    [Fact]
    public void Stored_weights_link_to_the_same_bits_and_are_refused_by_another_model()
    {
        var model = LinkModel.Parse(Invented.Model);
        var table = Invented.Table(Invented.Rows(300));
        var first = new Linker(model).Link(table);
        var stored = new MemoryStream();
        WeightsFile.Write(first.Weights, stored);
        var again = new Linker(model).Link(table, weights: WeightsFile.Read(model, new MemoryStream(stored.ToArray())));
        again.Pairs.ShouldBe(first.Pairs);
        again.Clusters.ShouldBe(first.Clusters);
        var other = LinkModel.Parse(Invented.Model.Replace("  town:", "  place:"));
        Should.Throw<ModelException>(() => WeightsFile.Read(other, new MemoryStream(stored.ToArray()))).Message.ShouldContain("afresh");
    }

    [Fact]
    public void A_passes_choice_keeps_to_the_budget_and_still_finds_the_matches()
    {
        var rows = Invented.Rows(1500);
        var model = LinkModel.Parse(Invented.Model.Replace("[name]]", "[name], [town]]\n  pair_budget: 20000\n  recall: 0.99"));
        var result = new Linker(model).Link(Invented.Table(rows));
        result.Passes.ShouldNotContain(p => p.Key[0] == "town" && p.Key.Count == 1);
        result.Passes.Sum(p => p.New).ShouldBeLessThanOrEqualTo(20_000);
        result.BlockRecall([.. rows.Select(r => r.Person)]).ShouldBeGreaterThan(0.97);
    }
}
