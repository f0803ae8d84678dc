using Legwork.Linking;
using System.Diagnostics;

// temporary
var model = LinkModel.Load(args[0]);
var sw = Stopwatch.StartNew();
var files = args.Skip(1).TakeWhile(a => a.EndsWith(".csv")).ToArray();
var reg = args[1] == "registers";
var table = reg ? new Legwork.Linking.Bench.RegisterFront(args[2]).Read().Table : new RecordTable(model.Columns);
foreach (var f in files) CsvLoad.Into(f, model, table);
Console.WriteLine($"read {table.Count} {sw.ElapsedMilliseconds} cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:f2}");
var linker = new Linker(model);
var res = linker.Link(table);
Console.WriteLine($"linked {sw.ElapsedMilliseconds} cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:f2} pairs {res.ComparedPairs} clusters {res.ClusterCount}");
int[] truth; int[]? sub = null;
if (reg) { var d = File.ReadAllLines(args[3]).Skip(1).Select(l => l.Split(',')).ToDictionary(x => x[0] + ":" + x[1], x => (int.Parse(x[2]), x[3] == "1")); truth = Enumerable.Range(0, table.Count).Select(r => d[table.IdOf(r)].Item1).ToArray(); sub = Enumerable.Range(0, table.Count).Where(r => d[table.IdOf(r)].Item2).ToArray(); }
else if (files[0].Contains("febrl")) truth = Enumerable.Range(0, table.Count).Select(r => int.Parse(table.IdOf(r).Split('-')[1])).ToArray();
else { var d = File.ReadAllLines(files[0].Replace("records", "truth")).Skip(1).Select(l => l.Split(',')).ToDictionary(x => x[0], x => int.Parse(x[1][2..])); truth = Enumerable.Range(0, table.Count).Select(r => d[table.IdOf(r)]).ToArray(); }
var acc = Accuracy.Of(res.Clusters, truth);
Console.WriteLine($"P {acc.Precision:f5} R {acc.Recall:f5} F1 {acc.F1:f5} true {acc.TruePairs} found {acc.FoundPairs} right {acc.RightPairs}");
if (sub is not null) { var a2 = Accuracy.Of(sub.Select(r => res.Clusters[r]).ToArray(), sub.Select(r => truth[r]).ToArray()); double tp = acc.RightPairs - a2.RightPairs, fp = acc.FoundPairs - a2.FoundPairs, tt = acc.TruePairs - a2.TruePairs; Console.WriteLine($"numberless: P {tp/fp:f5} R {tp/tt:f5} F1 {2*tp/(fp+tt):f5}  numbered F1 {a2.F1:f5}"); }
Dbg.Run(model, table, truth, args.Contains("-v"), res);
