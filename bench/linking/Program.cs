using System.Diagnostics;
using System.Globalization;
using Legwork.Demo;
using Legwork.Linking;

return args switch
{
    ["link", .. var rest] => LinkCommand.Run(rest),
    ["registers", var model, var folder, var truth] => Registers(model, folder, truth),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("link …  |  registers MODEL FOLDER PERSONS.csv");
    return 2;
}

// Accuracy of the people model on a folder of register files, over all rows and over the pairs of which a row carries no number; then
// the time in which one record finds its cluster in the index.
static int Registers(string modelPath, string folder, string truthPath)
{
    var model = LinkModel.Load(modelPath);
    var first = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "户籍人口_*").Single())[^6..];
    var table = new RecordTable(PeopleRows.Columns);
    foreach (var row in PeopleRows.Of(RegisterMonth.Read(folder, DateOnly.ParseExact(first + "01", "yyyyMMdd", CultureInfo.InvariantCulture))))
        table.Add(table.Source(row.Source), row.Id, row.Values);
    var start = Process.GetCurrentProcess().TotalProcessorTime;
    var since = Stopwatch.StartNew();
    var result = new Linker(model).Link(table);
    var cpu = Process.GetCurrentProcess().TotalProcessorTime - start;
    Console.WriteLine(FormattableString.Invariant($"{table.Count} rows in {since.Elapsed.TotalSeconds:f1} s, {cpu.TotalSeconds:f1} CPU s, ")
        + FormattableString.Invariant($"{result.ComparedPairs} pairs, {result.ClusterCount} clusters, {result.Probable.Count} probable pairs"));
    foreach (var stage in result.Stages)
        Console.WriteLine(FormattableString.Invariant($"  {stage.Stage,-14}{stage.Seconds,7:f2} s{stage.CpuSeconds,8:f2} CPU s"));

    var known = File.ReadLines(truthPath).Skip(1).Select(l => l.Split(','))
        .ToDictionary(f => $"{f[0]}:{f[1]}", f => (Person: int.Parse(f[2], CultureInfo.InvariantCulture), Numbered: f[3] == "1"));
    var truth = Enumerable.Range(0, table.Count).Select(r => known[table.IdOf(r)].Person).ToArray();
    var numbered = Enumerable.Range(0, table.Count).Where(r => known[table.IdOf(r)].Numbered).ToArray();
    var all = Accuracy.Of(result.Clusters, truth);
    var with = Accuracy.Of(numbered.Select(r => result.Clusters[r]).ToArray(), numbered.Select(r => truth[r]).ToArray());
    double right = all.RightPairs - with.RightPairs, found = all.FoundPairs - with.FoundPairs, wanted = all.TruePairs - with.TruePairs;
    Console.WriteLine(FormattableString.Invariant($"all rows F1 {all.F1:f5} (precision {all.Precision:f5}, recall {all.Recall:f5}); ")
        + FormattableString.Invariant($"without a number F1 {2 * right / (found + wanted):f5}; block recall {result.BlockRecall(truth):f4}"));
    ProbeIndex(model, table, result);
    return 0;
}

static void ProbeIndex(LinkModel model, RecordTable table, LinkResult result)
{
    var index = new LinkIndex(model, table, result);
    var columns = model.Columns.Select(table.Column).ToArray();
    var times = new List<double>();
    for (var i = 0; i < 3000; i++)
    {
        var record = (int)((long)i * table.Count / 3000);
        var values = columns.Select(c => table.Pool[c[record]]).ToArray();
        var since = Stopwatch.GetTimestamp();
        index.Find(table.SourceOf(record), values);
        if (i >= 200) times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine(FormattableString.Invariant(
        $"one record against {table.Count}: median {times[times.Count / 2]:f2} ms, p99 {times[times.Count * 99 / 100]:f2} ms"));
}
