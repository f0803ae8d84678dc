using System.Globalization;
using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using NetTopologySuite.Geometries;

namespace Legwork.Places.Grids;

/// <summary>Works out splits and mergers on a book, without touching anything.</summary>
internal static class PlanGrids
{
    public static Outcome<GridPlan> Split(AddressBook book, SplitGrid asked)
    {
        if (Living(book, asked.Grid) is { } refusal) return refusal;
        var dwellings = book.Dwellings.Where(dwelling => dwelling.Grid == asked.Grid).ToList();
        var outline = book.GridIndex.Outline(asked.Grid);
        var parts = asked.Line is { Count: > 0 } line ? ByLine(outline, dwellings, line) : ByList(outline, dwellings, asked.Leaving ?? []);
        return parts.Then<GridPlan>(shares => new GridPlan("split", [asked.Grid], Number(book, asked.Grid, shares), book.Version));
    }

    public static Outcome<GridPlan> Merge(AddressBook book, MergeGrids asked)
    {
        var codes = asked.Grids.Distinct().Order(StringComparer.Ordinal).ToList();
        if (codes.Count < 2) return Refusal.Of("places.parts", "Name two grids or more.");
        foreach (var code in codes)
        {
            if (Living(book, code) is { } refusal) return refusal;
        }
        if (codes.Select(code => code[..Grid.CommunityDigits]).Distinct().Count() > 1)
            return Refusal.Of("places.other_community", "Only grids of one community can become one: a code begins with its community.");
        var outlines = codes.Select(book.GridIndex.Outline).OfType<Geometry>().ToList();
        if (outlines.Count is > 0 && outlines.Count < codes.Count)
            return Refusal.Of("places.outline", "Some of these grids have an outline and some have none.");
        var joined = outlines.Count == 0 ? default(Outcome<Geometry>?) : Cutting.Join(outlines);
        if (joined is { Ok: false } apart) return apart.Refusal!;
        var moving = book.Dwellings.Where(dwelling => codes.Contains(dwelling.Grid)).Select(dwelling => dwelling.Id).ToList();
        return new GridPlan("merge", codes, Number(book, codes[0], [new Share(joined?.Value, moving)]), book.Version);
    }

    private static Refusal? Living(AddressBook book, string code) => book.Grid(code) switch
    {
        null => Refusal.Of("places.grid_not_found", $"No grid is called {code}."),
        { Until: { } until } => Refusal.Of("places.retired", $"{code} was retired on {until:yyyy-MM-dd}."),
        _ => null,
    };

    private static Outcome<List<Share>> ByLine(Geometry? outline, List<Dwelling> dwellings, IReadOnlyList<(double Lon, double Lat)> line)
    {
        if (outline is null) return Refusal.Of("places.outline", "This grid has no outline to cut; say which dwellings leave it.");
        return Cutting.Along(outline, line).Then<List<Share>>(pieces =>
        {
            var shares = pieces.ConvertAll(piece => new Share(piece, []));
            foreach (var dwelling in dwellings.Where(HasPoint))
                shares[Cutting.PartOf(pieces, dwelling.Lon!.Value, dwelling.Lat!.Value)].Dwellings.Add(dwelling.Id);
            var placed = shares.SelectMany((share, part) => share.Dwellings.Select(id => (id, part)))
                .ToDictionary(pair => pair.id, pair => pair.part);
            foreach (var dwelling in dwellings.Where(dwelling => !HasPoint(dwelling)))
                shares[PartOfNeighbours(dwelling, dwellings, placed)].Dwellings.Add(dwelling.Id);
            return shares;
        });
    }

    /// <summary>A dwelling without a point goes where the neighbour goes whose key shares most of its beginning.</summary>
    private static int PartOfNeighbours(Dwelling dwelling, List<Dwelling> dwellings, Dictionary<Guid, int> placed) =>
        dwellings.Where(other => placed.ContainsKey(other.Id)).MaxBy(other => dwelling.Key.AsSpan().CommonPrefixLength(other.Key)) is { } neighbour
            ? placed[neighbour.Id] : 0;

    private static Outcome<List<Share>> ByList(Geometry? outline, List<Dwelling> dwellings, IReadOnlyCollection<Guid> leaving)
    {
        var second = leaving.ToHashSet();
        if (!second.IsSubsetOf(dwellings.Select(dwelling => dwelling.Id)))
            return Refusal.Of("places.parts", "Some of these dwellings are not in this grid.");
        if (second.Count == 0 || second.Count == dwellings.Count) return Refusal.Of("places.parts", "Some dwellings must leave and some must stay.");
        var sites = dwellings.Where(HasPoint)
            .Select(dwelling => (dwelling.Lon!.Value, dwelling.Lat!.Value, second.Contains(dwelling.Id) ? 1 : 0)).ToList();
        var outlines = outline is null ? null : Cutting.Among(outline, sites);
        if (outline is not null && outlines is null)
            return Refusal.Of("places.parts", "The list gives no points that tell the two parts apart; draw a line instead.");
        return new List<Share>
        {
            new(outlines?.First, [.. dwellings.Select(dwelling => dwelling.Id).Where(id => !second.Contains(id))]),
            new(outlines?.Second, [.. dwellings.Select(dwelling => dwelling.Id).Where(second.Contains)]),
        };
    }

    private static bool HasPoint(Dwelling dwelling) => dwelling is { Lon: not null, Lat: not null };

    /// <summary>The next free codes of the community; one that was retired is never given again.</summary>
    private static List<GridPart> Number(AddressBook book, string like, List<Share> shares)
    {
        var prefix = like[..(Grid.CommunityDigits + 1)] + "G";
        var last = book.GridIndex.All.Select(grid => grid.Code).Where(new Scope(like[..Grid.CommunityDigits]).Covers)
            .Select(code => int.TryParse(code.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .DefaultIfEmpty().Max();
        var community = book.Communities.FirstOrDefault(place => place.Code == like[..Grid.CommunityDigits])?.Name;
        return [.. shares.Select((share, i) =>
        {
            var code = $"{prefix}{last + 1 + i:D2}";
            var outline = share.Outline is null ? null : GeoJson.Write(share.Outline);
            return new GridPart(code, $"{community} {code[(Grid.CommunityDigits + 1)..]}".Trim(), outline, share.Dwellings);
        })];
    }

    private sealed record Share(Geometry? Outline, List<Guid> Dwellings);
}
