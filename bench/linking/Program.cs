using Legwork.Linking;
using System.Diagnostics;

// temporary
var model = LinkModel.Load(args[0]);
var sw = Stopwatch.StartNew();
var files = args.Skip(1).TakeWhile(a => a.EndsWith(".csv")).ToArray();
var table = new RecordTable(model.Columns);
foreach (var f in files) CsvLoad.Into(f, model, table);
Console.WriteLine($"read {table.Count} {sw.ElapsedMilliseconds} cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:f2}");
var linker = new Linker(model);
var res = linker.Link(table);
Console.WriteLine($"linked {sw.ElapsedMilliseconds} cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:f2} pairs {res.ComparedPairs} clusters {res.ClusterCount}");
int[] truth;
if (files[0].Contains("febrl")) truth = Enumerable.Range(0, table.Count).Select(r => int.Parse(table.IdOf(r).Split('-')[1])).ToArray();
else { var d = File.ReadAllLines(files[0].Replace("records", "truth")).Skip(1).Select(l => l.Split(',')).ToDictionary(x => x[0], x => int.Parse(x[1][2..])); truth = Enumerable.Range(0, table.Count).Select(r => d[table.IdOf(r)]).ToArray(); }
var acc = Accuracy.Of(res.Clusters, truth);
Console.WriteLine($"P {acc.Precision:f5} R {acc.Recall:f5} F1 {acc.F1:f5} true {acc.TruePairs} found {acc.FoundPairs} right {acc.RightPairs}");
Dbg.Run(model, table, truth, args.Contains("-v"), res);
