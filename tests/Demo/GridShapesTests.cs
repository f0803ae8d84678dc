namespace Legwork.Demo.Tests;

public class GridShapesTests
{
    private static readonly IReadOnlyList<IReadOnlyList<MapPoint>> Cells =
        [.. GridShapes.OfStreets([9, 11, 7, 12, 10, 8, 9, 13, 6, 10, 11, 9], seed: 3).SelectMany(street => street)];

    [Fact]
    public void The_grids_fill_the_district_without_gap_or_overlap()
    {
        const double district = (91.260 - 91.020) * (29.730 - 29.590);

        Cells.Count.ShouldBe(115);
        Cells.Sum(Area).ShouldBe(district, 1e-7);
    }

    [Fact]
    public void Every_grid_is_convex_and_turns_left()
    {
        foreach (var cell in Cells)
        {
            for (var i = 0; i < cell.Count; i++)
                Turn(cell[i], cell[(i + 1) % cell.Count], cell[(i + 2) % cell.Count]).ShouldBeGreaterThan(-1e-9);
        }
    }

    [Fact]
    public void Neighbours_share_their_borders_and_only_the_districts_edge_is_bare()
    {
        var borders = Cells.SelectMany(cell => cell.Select((corner, i) => (From: corner, To: cell[(i + 1) % cell.Count]))).ToHashSet();

        var bare = borders.Where(border => !borders.Contains((border.To, border.From)));

        bare.ShouldAllBe(border => OnEdge(border.From) && OnEdge(border.To));
    }

    [Fact]
    public void Every_dwelling_stands_in_its_grid_under_an_address_of_its_own()
    {
        var plan = new DistrictPlan(new DemoOptions { Insured = 3000, Grids = 60 });

        plan.Dwellings.Select(dwelling => dwelling.Address).ShouldBeUnique();
        plan.Grids.Select(grid => grid.Code).ShouldBeUnique();
        plan.Grids.Select(grid => grid.Street).Distinct().Count().ShouldBe(12);
        foreach (var dwelling in plan.Dwellings)
        {
            var outline = dwelling.Grid.Outline;
            for (var i = 0; i < outline.Count; i++) Turn(outline[i], outline[(i + 1) % outline.Count], dwelling.Point).ShouldBeGreaterThan(-1e-9);
        }
    }

    [Fact]
    public void The_whole_district_has_its_1221_grids()
    {
        var plan = new DistrictPlan(new DemoOptions());

        plan.Grids.Count.ShouldBe(1221);
        plan.Grids.GroupBy(grid => grid.Code[..12])
            .ShouldAllBe(community => community.Select(grid => grid.Order).SequenceEqual(Enumerable.Range(1, community.Count())));
    }

    private static bool OnEdge(MapPoint p) => p.Longitude is 91.020 or 91.260 || p.Latitude is 29.590 or 29.730;

    private static double Turn(MapPoint a, MapPoint b, MapPoint c) =>
        (b.Longitude - a.Longitude) * (c.Latitude - a.Latitude) - (b.Latitude - a.Latitude) * (c.Longitude - a.Longitude);

    private static double Area(IReadOnlyList<MapPoint> cell) =>
        Enumerable.Range(1, cell.Count - 2).Sum(i => Turn(cell[0], cell[i], cell[i + 1])) / 2;
}
