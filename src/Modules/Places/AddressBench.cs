using System.Diagnostics;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places;

/// <summary>How many texts a second one core resolves, over a book of invented dwellings written in the habits that offices have.</summary>
internal static class AddressBench
{
    private const int Streets = 12;
    private const int EstatesInStreet = 30;
    private static readonly string[] Stems = ["太阳", "阳光", "和平", "团结", "幸福", "雪莲",
        "格桑", "林卡", "河畔", "圣城", "康昂", "民族"];
    private static readonly string[] Endings = ["小区", "大院", "苑", "花园", "公寓", "新村"];

    internal static readonly ModuleBench Bench = new("addresses", "Free-text addresses resolved on one core.", async place =>
    {
        await using var district = place.Open();
        return [.. Run(district.GetRequiredService<AddressParser>(), place.Rows).Select(figure => new Measured(figure.Name, figure.Value, ""))];
    });

    /// <param name="texts">How many texts to resolve.</param>
    /// <returns>
    /// Figures by name: dwellings, texts, milliseconds to build the book, texts a second by the clock and by processor time (which a busy
    /// machine does not distort), share resolved.
    /// </returns>
    public static IReadOnlyList<(string Name, double Value)> Run(AddressParser parser, int texts = 1_000_000)
    {
        var (known, written) = Invent(parser);
        var clock = Stopwatch.StartNew();
        var book = new AddressBook(parser, known);
        var built = clock.Elapsed.TotalMilliseconds;
        foreach (var (text, hint) in written) book.Resolve(text, hint);
        clock.Restart();
        var processor = Environment.CpuUsage.TotalTime;
        var resolved = 0;
        for (var i = 0; i < texts; i++)
        {
            var (text, hint) = written[i % written.Count];
            if (book.Resolve(text, hint).Dwelling is not null) resolved++;
        }
        return
        [
            ("dwellings", known.Dwellings.Count), ("texts", texts), ("book_build_ms", built),
            ("texts_per_second", texts / clock.Elapsed.TotalSeconds),
            ("texts_per_cpu_second", texts / (Environment.CpuUsage.TotalTime - processor).TotalSeconds), ("resolved_share", (double)resolved / texts),
        ];
    }

    private static (PlacesKnown Known, List<(string Text, string? Hint)> Written) Invent(AddressParser parser)
    {
        var streets = Enumerable.Range(1, Streets).Select(i => new Place($"110101{i:D3}", $"试街{(char)('甲' + i)}街道")).ToList();
        var dwellings = new List<Dwelling>();
        var written = new List<(string, string?)>();
        foreach (var (street, s) in streets.Select((street, s) => (street, s)))
        {
            for (var e = 0; e < EstatesInStreet; e++)
            {
                var name = $"{Stems[(e + s) % Stems.Length]}{Endings[e % Endings.Length]}";
                var grid = $"{street.Code}001-G{e + 1:D2}";
                foreach (var (building, entrance, room) in Rooms())
                {
                    var text = $"{name}{e + 1}区{building}栋{entrance}单元{room}室";
                    dwellings.Add(new Dwelling(Guid.CreateVersion7(), $"{street.Code}/{parser.Parse(text).Key}", text, grid));
                    written.Add((dwellings.Count % 5) switch
                    {
                        0 => ($"中华人民共和国{street.Name}{text}", null),
                        1 => ($"{name}{e + 1}区{building}-{entrance}-{room}", grid),
                        2 => ($"{name}{e + 1}区{building}幢{entrance}单元{room}", grid),
                        3 => ($"{street.Name}{name} {e + 1}区{building}号楼{entrance}门{room}（租）", null),
                        _ => ($"{name}{e + 1}区{building}#{entrance}-{room}", grid),
                    });
                }
            }
        }
        var grids = dwellings.Select(dwelling => dwelling.Grid).Distinct().Select(code => new Grid(code, code, 1, null, null, true)).ToList();
        return (new PlacesKnown(streets, [], grids, dwellings, [], new Dictionary<string, NetTopologySuite.Geometries.Geometry>()), written);
    }

    private static IEnumerable<(int Building, int Entrance, int Room)> Rooms() =>
        from building in Enumerable.Range(1, 6)
        from entrance in Enumerable.Range(1, 3)
        from floor in Enumerable.Range(1, 6)
        from door in Enumerable.Range(1, 2)
        select (building, entrance, floor * 100 + door);
}
