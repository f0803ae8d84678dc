namespace Legwork.Linking.Tests;

public class LinkerTests
{
    private static readonly LinkModel Model = LinkModel.Parse(Invented.Model);

    [Fact]
    public void Copies_with_slips_are_found_again()
    {
        var rows = Invented.Rows(800);
        var result = new Linker(Model).Link(Invented.Table(rows));
        var accuracy = Accuracy.Of(result.Clusters, rows.Select(r => r.Person).ToArray());
        accuracy.F1.ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void The_order_of_rows_changes_nothing()
    {
        var rows = Invented.Rows(400);
        var shuffled = Enumerable.Range(0, rows.Count).OrderBy(r => StringPool.Mix((ulong)r + 99)).ToList();
        var straight = new Linker(Model).Link(Invented.Table(rows));
        var turned = new Linker(Model).Link(Invented.Table(shuffled.Select(r => rows[r])));
        Invented.Groups(turned, shuffled).ShouldBe(Invented.Groups(straight, [.. Enumerable.Range(0, rows.Count)]), ignoreOrder: true);
        turned.Weights.Prior.ShouldBe(straight.Weights.Prior);
    }

    [Fact]
    public void One_core_and_two_give_the_same_bits()
    {
        var table = Invented.Table(Invented.Rows(400));
        var one = new Linker(Model) { Cores = 1 }.Link(table);
        var two = new Linker(Model) { Cores = 2 }.Link(table);
        two.Clusters.ShouldBe(one.Clusters);
        two.Pairs.ShouldBe(one.Pairs);
        two.Weights.Describe().ShouldBe(one.Weights.Describe());
    }

    [Fact]
    public void A_days_change_gives_what_a_fresh_run_with_the_same_weights_gives_and_ids_stay()
    {
        var rows = Invented.Rows(400);
        var linker = new Linker(Model);
        var yesterday = rows.Take(700).ToList();
        var before = linker.Link(Invented.Table(yesterday));
        var next = 0;
        var ids = StableIds.Carry<int>(before.Clusters, new int?[yesterday.Count], () => next++);

        var today = linker.Link(Invented.Table(rows), weights: before.Weights);
        var carried = StableIds.Carry(today.Clusters,
            [.. Enumerable.Range(0, rows.Count).Select(r => r < ids.Length ? ids[r] : (int?)null)], () => next++);
        var fresh = linker.Link(Invented.Table(Enumerable.Reverse(rows)), weights: before.Weights);

        Invented.Groups(fresh, [.. Enumerable.Range(0, rows.Count).Reverse()])
            .ShouldBe(Invented.Groups(today, [.. Enumerable.Range(0, rows.Count)]), ignoreOrder: true);
        carried.Take(ids.Length).Where((id, r) => id == ids[r]).Count().ShouldBeGreaterThan(ids.Length * 99 / 100);
        carried.Zip(today.Clusters).Distinct().Count().ShouldBe(today.ClusterCount);
    }

    [Fact]
    public void A_reviewers_decision_binds_against_the_weights()
    {
        var rows = Invented.Rows(200);
        var table = Invented.Table(rows);
        var free = new Linker(Model).Link(table);
        var joined = Enumerable.Range(0, rows.Count).First(r => free.Clusters[r] != r);
        var stranger = Enumerable.Range(0, rows.Count).First(r => free.Clusters[r] == r && free.Clusters[joined] != r);
        var bound = new Linker(Model).Link(table, [new Decision(joined, free.Clusters[joined], false), new Decision(joined, stranger, true)]);
        bound.Clusters[joined].ShouldNotBe(bound.Clusters[free.Clusters[joined]]);
        bound.Clusters[joined].ShouldBe(bound.Clusters[stranger]);
    }

    [Fact]
    public void A_reviewers_decision_binds_against_a_sure_key_too()
    {
        var model = LinkModel.Parse(Invented.Model + "\nsure:\n  - {equal: [phone]}\n");
        var rows = Invented.Rows(200);
        var table = Invented.Table(rows);
        var (a, b) = (from one in Enumerable.Range(0, rows.Count)
                      from other in Enumerable.Range(one + 1, rows.Count - one - 1)
                      where rows[one].Phone.Length > 0 && rows[one].Phone == rows[other].Phone
                      select (one, other)).First();
        var free = new Linker(model).Link(table);
        free.Clusters[a].ShouldBe(free.Clusters[b]);
        foreach (var decision in new[] { new Decision(a, b, false), new Decision(b, a, false) })
        {
            var bound = new Linker(model).Link(table, [decision]);
            bound.Clusters[a].ShouldNotBe(bound.Clusters[b]);
        }
    }

    [Fact]
    public void An_id_goes_where_most_of_its_records_went_and_never_to_two()
    {
        var next = 100;
        int Fresh() => next++;
        StableIds.Carry([0, 1, 1], new int?[] { 7, 7, 7 }, Fresh).ShouldBe([100, 7, 7], "the larger part keeps it, though it stands later");
        StableIds.Carry([0, 0, 0], new int?[] { 7, 8, 8 }, Fresh).ShouldBe([8, 8, 8], "two that became one have the id of the larger");
        StableIds.Carry([0, 1, 2], new int?[] { 7, 7, null }, Fresh).ShouldBe([7, 101, 102], "of equal parts the first");
    }

    [Fact]
    public void A_weak_bridge_never_joins_two_solid_groups()
    {
        var edges = new List<Edge>();
        foreach (var group in new[] { new[] { 0, 1, 2, 3 }, [4, 5, 6, 7] })
            foreach (var a in group)
                foreach (var b in group.Where(b => b > a)) edges.Add(new Edge(a, b, 8));
        edges.Add(new Edge(3, 4, 6));
        var roots = Agglomeration.Cluster(8, edges, [], new ClusterRule(0.6f, -2, 0));
        roots.ShouldBe([0, 0, 0, 0, 4, 4, 4, 4]);
    }

    [Fact]
    public void Two_rows_of_a_source_that_holds_each_once_stay_apart_unless_much_speaks_for_them()
    {
        static UInt128 Source(int node) => node == 2 ? UInt128.One << 1 : UInt128.One;
        var rule = new ClusterRule(0.6f, -2, 9);
        Agglomeration.Cluster(3, [new(0, 2, 7), new(1, 2, 6), new(0, 1, 5)], [], rule, Source).ShouldBe([0, 1, 0]);
        Agglomeration.Cluster(2, [new(0, 1, 12)], [], rule, Source).ShouldBe([0, 0]);
    }

    [Fact]
    public void A_pair_that_is_excused_pays_nothing_for_its_source()
    {
        var rule = new ClusterRule(0.6f, -2, 9);
        Agglomeration.Cluster(2, [new(0, 1, 5)], [], rule, _ => UInt128.One).ShouldBe([0, 1]);
        Agglomeration.Cluster(2, [new(0, 1, 5, Excused: true)], [], rule, _ => UInt128.One).ShouldBe([0, 0]);
        Agglomeration.Cluster(2, [new(0, 1, -1, Excused: true)], [], rule, _ => UInt128.One).ShouldBe([0, 1]);
    }

    [Fact]
    public void A_pair_that_its_source_tells_apart_is_two_even_over_a_row_that_both_resemble()
    {
        var rule = new ClusterRule(0.6f, -2, 0);
        Agglomeration.Cluster(3, [new(0, 1, 20, Apart: true), new(0, 2, 9), new(1, 2, 8)], [], rule).ShouldBe([0, 1, 0]);
        Agglomeration.Cluster(3, [new(0, 1, 20), new(0, 2, 9), new(1, 2, 8)], [], rule).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void One_record_finds_its_cluster_in_the_index_and_a_stranger_finds_none()
    {
        var rows = Invented.Rows(400);
        var table = Invented.Table(rows);
        var result = new Linker(Model).Link(table);
        var index = new LinkIndex(Model, table, result);
        var known = rows[10];
        var found = index.Find(0, known.Name, known.Born, "town 99", known.Phone);
        found[0].Cluster.ShouldBe(result.Clusters[10]);
        found[0].Probability.ShouldBeGreaterThan(0.9);
        index.Find(0, "quixote", "1605-01-16", "la mancha", "").ShouldBeEmpty();
        var record = index.Add(0, "new", known.Name, known.Born, "town 99", known.Phone);
        index.ClusterOf(record).ShouldBe(result.Clusters[10]);
    }

    [Fact]
    public void A_megabyte_of_memory_for_pairs_gives_the_same_answer_as_plenty()
    {
        // A town is shared by a fortieth of all, so that towns make many pairs.
        var table = Invented.Table(Invented.Rows(1500));
        var model = LinkModel.Parse(Invented.Model.Replace("[name]]", "[name], [town]]"));
        var plenty = new Linker(model).Link(table);
        var little = new Linker(model) { MemoryMegabytes = 1 }.Link(table);
        plenty.ComparedPairs.ShouldBeGreaterThan(2 * (1 << 20) / 24);
        plenty.Stages.ShouldNotContain(s => s.Stage == "counting");
        little.Stages.ShouldContain(s => s.Stage == "counting");
        little.Clusters.ShouldBe(plenty.Clusters);
        little.Pairs.ShouldBe(plenty.Pairs);
        little.Weights.Describe().ShouldBe(plenty.Weights.Describe());
        little.Passes.ShouldBe(plenty.Passes);
    }

    [Fact]
    public void Pairs_spilled_to_disk_come_back_in_order_and_cluster_in_parts_as_they_do_at_once()
    {
        var pairs = Enumerable.Range(0, 5000)
            .Select(i => new ComparedPair((int)(StringPool.Mix((ulong)i) % 400), 400 + i % 397, 0, 1, (int)(StringPool.Mix((ulong)i + 9) % 24) - 16))
            .ToArray();
        using var spilled = new KeptPairs(100);
        foreach (var some in pairs.Chunk(77)) spilled.Add(some);
        spilled.Spilled.ShouldBeTrue();
        spilled.All().ShouldBe(pairs);
        var rule = new ClusterRule(0.6f, -2, 0);
        var atOnce = Agglomeration.Cluster(800, pairs.Select(p => new Edge(p.A, p.B, p.Bits)), [(3, 403)], rule);
        ClusterParts.Cluster(800, spilled, [(3, 403)], rule, null, 10).ShouldBe(atOnce);
        atOnce.Distinct().Count().ShouldBeInRange(2, 799);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("sources: {one_per_source: true, same_source_bits: 1000, link_only: true}", false)]
    public void Duplicates_within_one_of_two_tables_join_unless_the_model_says_that_it_has_none(string sources, bool join)
    {
        var rows = Invented.Rows(600);
        var table = new RecordTable(["name", "born", "town", "phone"]);
        foreach (var (i, row) in rows.Index()) table.Add(table.Source(StringPool.Mix((ulong)i) % 2 == 0 ? "table 1" : "table 2"), $"r{i}",
            row.Name, row.Born, row.Town, row.Phone);
        var result = new Linker(LinkModel.Parse(Invented.Model + "\n" + sources)).Link(table);
        var twice = Enumerable.Range(0, rows.Count).GroupBy(r => (result.Clusters[r], table.SourceOf(r))).Count(g => g.Count() > 1);
        if (join)
        {
            Accuracy.Of(result.Clusters, [.. rows.Select(r => r.Person)]).F1.ShouldBeGreaterThan(0.98);
            twice.ShouldBeGreaterThan(100);
        }
        else
        {
            twice.ShouldBe(0);
            result.ClusterCount.ShouldBeLessThan(rows.Count);
        }
    }
}
