using System.Text;
using Legwork.Places.Grids;
using Legwork.Places.Lists;

namespace Legwork.Places.Tests;

/// <summary>Files of grids as map programs write them.</summary>
public class GridFileTests
{
    private const string Square = "[[[91.1,29.65],[91.11,29.65],[91.11,29.66],[91.1,29.66],[91.1,29.65]]]";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Every_encoding_of_a_map_program_gives_the_same_street(string encoding)
    {
        var writes = encoding == "gb18030" ? Gb18030 : Encoding.GetEncoding(encoding);
        var read = await GeoJson.Read(new MemoryStream([.. writes.GetPreamble(), .. writes.GetBytes(File(Feature("G01", "\"street\":\"样板街道\"")))]));
        read.Value.ShouldHaveSingleItem().Street.ShouldBe("样板街道");
    }

    [Theory]
    [InlineData("\"street\":\"\\ud840\"", "not Unicode")]
    [InlineData("\"street\":5", "street is not a text")]
    [InlineData("\"community\":[\"样板\"]", "community is not a text")]
    [InlineData("\"order\":\"3\"", "order is not a whole number")]
    [InlineData("\"order\":1.5", "order is not a whole number")]
    [InlineData("\"demonstration\":\"true\"", "neither true nor false")]
    public async Task A_property_that_is_no_text_or_of_another_kind_is_refused_by_its_feature(string property, string why)
    {
        var read = await GeoJson.Read(Stream(File(Feature("G01", "\"street\":null") + "," + Feature("G02", property))));
        read.Refusal!.Code.ShouldBe("places.geojson");
        read.Refusal.Message.ShouldContain("Feature 2");
        read.Refusal.Message.ShouldContain(why);
    }

    [Fact]
    public async Task What_is_neither_utf_8_nor_gb18030_and_what_has_too_many_values_is_refused_within_little_memory()
    {
        (await GeoJson.Read(new MemoryStream([(byte)'{', 0xFF, 0xFF]))).Refusal!.Message.ShouldContain("UTF-8");
        var text = new StringBuilder("{\"features\":[").Insert("{\"features\":[".Length, "[],", 6_100_000).Append("[]]}").ToString();
        var sent = Stream(text);
        // Of this thread alone: other tests allocate meanwhile.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = GeoJson.Read(sent);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        read.IsCompleted.ShouldBeTrue("a stream in memory is read without leaving the thread");
        (await read).Refusal!.Message.ShouldContain("values");
        (allocated >> 20).ShouldBeInRange(10, 160);
    }

    [Fact]
    public async Task Any_damage_to_a_file_of_grids_gives_grids_or_a_named_refusal()
    {
        var random = new Random(20261130);
        var good = Gb18030.GetBytes(File(Feature("G01", "\"street\":\"样板街道\",\"order\":1") + "," + Feature("G02", "\"name\":\"\\ud840\\udc00\"")));
        string[] pieces = ["\\ud840", "{", "[", "]", "null", "1e999", "\"", "-", "NaN", "\0", ",,", "[[[", "\u00ff"];
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = good.ToList();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                if (random.Next(2) == 0) bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
                else bytes.InsertRange(random.Next(bytes.Count), Encoding.Latin1.GetBytes(pieces[random.Next(pieces.Length)]));
            var read = await GeoJson.Read(new MemoryStream([.. bytes]));
            if (!read.Ok) read.Refusal!.Message.Length.ShouldBeLessThan(400, $"case {i}");
        }
    }

    [Theory]
    [InlineData("geojson-not-utf8", 1)]
    [InlineData("geojson-not-utf8/overlap", 2)]
    public async Task Files_that_once_failed_are_read(string folder, int grids)
    {
        await using var file = System.IO.File.OpenRead(Repository.Sample(Path.Combine("reports", "files", folder, "网格.geojson")));
        var read = (await GeoJson.Read(file)).Value;
        read.Count.ShouldBe(grids);
        var notes = TakeGrids.Overlaps(read);
        if (grids == 2) notes.ShouldHaveSingleItem().ShouldContain("540102002001-G01 and 540102002001-G02 overlap by 100");
        else notes.ShouldBeEmpty();
    }

    private static string File(string features) => $$"""{"type":"FeatureCollection","features":[{{features}}]}""";

    private static string Feature(string grid, string property) =>
        $$$"""{"type":"Feature","properties":{"code":"540102002001-{{{grid}}}",{{{property}}}},"""
            + $$$"""
                "geometry":{"type":"Polygon","coordinates":{{{Square}}}}}
                """;

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
