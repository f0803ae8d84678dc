using System.Text;

namespace Legwork.Registers.Tests;

/// <summary>Whatever the bytes, the answer is a verdict with reasons; never an exception, and never a refusal without a name.</summary>
[Collection(MemoryAlone.Name)]
public sealed class DamageTests : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Any_damage_to_a_list_yields_rows_or_a_named_refusal()
    {
        var random = new Random(540102);
        var text = Desk.RollText(Desk.RollRows(12));
        byte[][] good = [Encoding.UTF8.GetBytes(text), Desk.Gb18030.GetBytes(text), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]];
        for (var i = 0; i < 9_000; i++) Judge(Damage(random, good[i % good.Length]), $"case {i}");
    }

    [Fact]
    public void Any_bytes_at_all_yield_a_named_refusal()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            Judge(bytes, $"case {i}").Verdict.ShouldBe(Verdict.Refuse);
        }
    }

    [Fact]
    public void Any_damage_to_a_workbook_yields_rows_or_a_named_refusal()
    {
        var random = new Random(2);
        var cells = Desk.RollText(Desk.RollRows(5)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r =>
            "<row>" + string.Concat(r.Split(',').Select(c => $"<c t=\"inlineStr\"><is><t>{c}</t></is></c>")) + "</row>");
        var rows = string.Concat(cells);
        var good = File.ReadAllBytes(desk.WriteWorkbook(rows));
        Judge(good, "good").Verdict.ShouldBe(Verdict.Take);
        for (var i = 0; i < 300; i++) Judge(Damage(random, good), $"zip {i}");
        for (var i = 0; i < 200; i++)
        {
            var inside = Encoding.UTF8.GetString(Damage(random, Encoding.UTF8.GetBytes(rows)));
            Judge(File.ReadAllBytes(desk.WriteWorkbook(inside)), $"sheet {i}");
        }
    }

    [Fact]
    public void Memory_does_not_grow_with_the_rows_of_a_file()
    {
        var path = desk.Write([]);
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine(Desk.RollHeader);
            for (var block = 0; block < 60; block++)
                foreach (var row in Desk.RollRows(2_000, block * 2_000)) writer.WriteLine(row);
        }
        var (before, worst, seen) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
        foreach (var row in RegisterFile.Open(path, Desk.Roll).Value.Rows())
            if (++seen % 20_000 == 0) worst = Math.Max(worst, GC.GetTotalMemory(forceFullCollection: true) - before);
        seen.ShouldBe(120_000);
        worst.ShouldBeLessThan(8 << 20);
        RegisterFile.Assess(path, Desk.Roll).Rows.ShouldBe(seen);
    }

    private Assessment Judge(byte[] bytes, string which)
    {
        var path = desk.Write(bytes);
        var assessment = RegisterFile.Assess(path, Desk.Roll, Desk.October);
        (assessment.Verdict == Verdict.Refuse).ShouldBe(assessment.Refusals.Count > 0, which);
        foreach (var refusal in assessment.Refusals)
        {
            refusal.Sentence("en").ShouldNotContain("{", customMessage: which);
            refusal.Sentence("zh-CN").ShouldNotBeEmpty(which);
        }
        if (assessment.Verdict != Verdict.Refuse) RegisterFile.Open(path, Desk.Roll).Value.Rows().Count().ShouldBe(assessment.Rows, which);
        return assessment;
    }

    private static byte[] Damage(Random random, byte[] good)
    {
        var bytes = good.ToList();
        for (var hits = random.Next(1, 5); hits > 0; hits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, bytes.Count - at); break;
                case 2: bytes[at] = (byte)random.Next(256); break;
                case 3: bytes.Insert(at, (byte)'"'); break;
                case 4: bytes[at] = (byte)",;\t\n\r\0|"[random.Next(7)]; break;
                case 5: bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at))); break;
                case 6: bytes.RemoveRange(at, random.Next(Math.Min(40, bytes.Count - at))); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(3_000))); break;
            }
            if (bytes.Count == 0) break;
        }
        return [.. bytes];
    }
}
