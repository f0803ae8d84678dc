using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using NetTopologySuite.Geometries;

namespace Legwork.Places.Tests;

public class GridChangeTests
{
    private const string Old = "540102008001-G02";
    private static readonly Actor Supervisor = OpenDistrict.Someone(Role.Supervisor, "540102008");

    // North to south through the middle of the second grid.
    private static readonly (double, double)[] Middle = [(91.115, 29.0), (91.115, 30.0)];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_grid_split_along_a_line_keeps_every_dwelling_once_and_its_history(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var before = district.Places.Book.Dwellings.Where(dwelling => dwelling.Grid == Old).ToList();
        var plan = district.Places.Plan(new SplitGrid(Old, Middle, null)).Value;
        plan.Parts.Select(part => part.Code).ShouldBe(["540102008001-G04", "540102008001-G05"]);
        plan.Parts.SelectMany(part => part.Dwellings).Order().ShouldBe(before.Select(dwelling => dwelling.Id).Order());
        district.Places.Book.Grid(Old)!.Until.ShouldBeNull("a plan changes nothing");

        (await district.Places.Carry(plan, Supervisor)).Ok.ShouldBeTrue();

        var book = district.Places.Book;
        book.Grid(Old)!.Until.ShouldBe(OpenDistrict.Today);
        book.Grids.ShouldNotContain(grid => grid.Code == Old);
        district.Places.HeirsOf(Old).ShouldBe(["540102008001-G04", "540102008001-G05"]);
        district.Places.Plan(new SplitGrid(Old, Middle, null)).Refusal!.Code.ShouldBe("places.retired");
        foreach (var dwelling in before)
        {
            var now = book.Find(dwelling.Id)!;
            now.Key.ShouldBe(dwelling.Key);
            now.Grid.ShouldBe(book.GridOf(dwelling.Lon!.Value, dwelling.Lat!.Value));
            district.Places.GridOn(dwelling.Id, OpenDistrict.Today.AddDays(-1)).ShouldBe(Old);
            district.Places.GridOn(dwelling.Id, OpenDistrict.Today).ShouldBe(now.Grid);
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_split_tells_which_dwellings_went_where_and_who_takes_the_rest(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var leaving = district.Places.Book.Dwellings.Where(dwelling => dwelling.Grid == Old && dwelling.Key.Contains("和平大院"))
            .Select(dwelling => dwelling.Id).ToList();
        var plan = district.Places.Plan(new SplitGrid(Old, null, leaving)).Value;
        await district.Places.Carry(plan, Supervisor);

        var told = district.Told<GridChanged>(PlacesEvents.GridChanged);
        told.ConvertAll(change => (change.From, change.To)).ShouldBe([(Old, "540102008001-G04"), (Old, "540102008001-G05")]);
        var left = leaving.Select(id => district.Places.Book.Find(id)!.Key).Order().ToList();
        left.ShouldAllBe(key => key.StartsWith("540102008/和平大院1区"));
        told[1].Dwellings!.Order().ShouldBe(left);
        told[0].Dwellings!.Count.ShouldBe(30);
        var rest = told.Single(change => change.TakesRest);
        rest.Elsewhere.Order().ShouldBe(told.Single(change => !change.TakesRest).Dwellings!.Order());
        told[0].On.ShouldBe(OpenDistrict.Today);
    }

    [Fact]
    public async Task The_parts_of_a_split_grid_cover_what_it_covered()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var leaving = district.Places.Book.Dwellings.Where(dwelling => dwelling.Grid == Old && dwelling.Key.Contains("两岛路"))
            .Select(dwelling => dwelling.Id).ToList();
        var whole = Book(district).GridIndex.Outline(Old)!;
        await district.Places.Carry(district.Places.Plan(new SplitGrid(Old, null, leaving)).Value, Supervisor);
        var book = Book(district);
        var (one, other) = (book.GridIndex.Outline("540102008001-G04")!, book.GridIndex.Outline("540102008001-G05")!);
        (one.Area + other.Area).ShouldBe(whole.Area, whole.Area * 1e-6, "no strip is left to nobody or given to both");
        for (var i = 1; i < 100; i++) book.GridOf(91.11 + i * 0.0001, 29.64 + i * 0.0001).ShouldBeOneOf("540102008001-G04", "540102008001-G05");
        foreach (var dwelling in book.Dwellings.Where(dwelling => dwelling.Grid is "540102008001-G04" or "540102008001-G05"))
            book.GridOf(dwelling.Lon!.Value, dwelling.Lat!.Value).ShouldBe(dwelling.Grid);
    }

    [Fact]
    public async Task A_dwelling_whose_point_lies_outside_its_grid_goes_with_the_nearest_part()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var pieces = Cutting.Along(Book(district).GridIndex.Outline(Old)!, Middle).Value;
        pieces.Count.ShouldBe(2);
        for (var i = 0; i < pieces.Count; i++)
        {
            var within = pieces[i].InteriorPoint;
            Cutting.PartOf(pieces, within.X, within.Y).ShouldBe(i);
            Cutting.PartOf(pieces, within.X + (i == 0 ? -1 : 1), within.Y).ShouldBe(i, "a degree to the west or to the east");
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_dwelling_without_a_point_goes_with_its_neighbour_and_is_told_once(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await district.Places.TakeAddresses([new(1, "两岛街道和平大院1区1-1-901", Old), new(2, "两岛街道两岛路99号", Old)]);
        var dwellings = district.Places.Book.Dwellings.Where(dwelling => dwelling.Grid == Old).ToList();
        var without = dwellings.Where(dwelling => dwelling.Lon is null).ToList();
        without.Select(dwelling => dwelling.Key[10..13]).Order(StringComparer.Ordinal).ShouldBe(["两岛路", "和平大"]);
        var plan = district.Places.Plan(new SplitGrid(Old, Middle, null)).Value;
        plan.Parts.SelectMany(part => part.Dwellings).Order().ShouldBe(dwellings.Select(dwelling => dwelling.Id).Order());
        foreach (var dwelling in without)
        {
            // The last three signs are its door, or its number in the street.
            var neighbours = dwellings.Where(other => other.Key.StartsWith(dwelling.Key[..^3], StringComparison.Ordinal)).Select(other => other.Id);
            plan.Parts.Where(part => part.Dwellings.Intersect(neighbours).Any()).ShouldHaveSingleItem().Dwellings.ShouldContain(dwelling.Id);
        }

        (await district.Places.Carry(plan, Supervisor)).Ok.ShouldBeTrue();
        foreach (var dwelling in without)
        {
            var now = district.Places.Book.Find(dwelling.Id)!;
            district.Told<GridChanged>(PlacesEvents.GridChanged).Where(change => change.Dwellings!.Contains(dwelling.Key))
                .ShouldHaveSingleItem().To.ShouldBe(now.Grid);
            now.Lon.ShouldBeNull("a point is not made up");
        }
    }

    [Fact]
    public void Grids_join_over_the_seam_that_two_digitised_borders_leave_and_over_nothing_wider()
    {
        static Geometry Square(double west) => new GeometryFactory().ToGeometry(new Envelope(west, west + 0.001, 29.64, 29.641));
        Cutting.Join([Square(91), Square(91.001 + 1e-6)]).Value.ShouldBeOfType<Polygon>();
        Cutting.Join([Square(91), Square(91.001 + 1e-5)]).Refusal!.Code.ShouldBe("places.not_neighbours");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Merged_grids_become_one_and_a_later_split_still_finds_its_ancestors(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await district.Places.Carry(district.Places.Plan(new MergeGrids(["540102008001-G01", Old])).Value, Supervisor);
        district.Places.HeirsOf(Old).ShouldBe(["540102008001-G04"]);
        district.Told<GridChanged>(PlacesEvents.GridChanged)
            .ShouldAllBe(change => change.To == "540102008001-G04" && change.TakesRest && change.Dwellings == null);

        var again = await district.Places.Carry(district.Places.Plan(new SplitGrid("540102008001-G04", Middle, null)).Value, Supervisor);
        again.Ok.ShouldBeTrue();
        district.Places.HeirsOf("540102008001-G01").ShouldBe(["540102008001-G05", "540102008001-G06"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Last_months_lists_sent_again_bring_no_retired_grid_back(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await district.Places.Carry(district.Places.Plan(new SplitGrid(Old, Middle, null)).Value, Supervisor);
        var book = district.Places.Book;
        (await district.TakeGrids(OpenDistrict.GeoJson())).Value.Notes.ShouldContain(note => note.StartsWith($"{Old} was retired"));
        (await district.Places.TakeAddresses(OpenDistrict.Rows())).Value.Changed.ShouldBe(0);
        district.Places.Book.ShouldBeSameAs(book);
        book.Resolve("圣城新村1区1-2-101", Old).Grid.ShouldBe("540102008001-G03", "an old grid still hints at its street");
    }

    [Fact]
    public async Task A_plan_made_before_another_change_is_refused()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var plan = district.Places.Plan(new SplitGrid(Old, Middle, null)).Value;
        await district.Places.TakeAddresses([new(1, "太阳小区3区9-1-101", "540102008001-G01")]);
        (await district.Places.Carry(plan, Supervisor)).Refusal!.Code.ShouldBe("places.stale");
        district.Places.Book.Grid(Old)!.Until.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_changes_grids_outside_his_street()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var plan = district.Places.Plan(new SplitGrid(Old, Middle, null)).Value;
        (await district.Places.Carry(plan, OpenDistrict.Someone(Role.Supervisor, "540102011"))).Refusal!.Code.ShouldBe("places.out_of_scope");
        (await district.Places.Carry(plan, OpenDistrict.Someone(Role.Clerk, "540102008"))).Refusal!.Code.ShouldBe("places.out_of_scope");
        district.Told<GridChanged>(PlacesEvents.GridChanged).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_cut_or_joined_is_refused_with_the_reason()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var places = district.Places;
        places.Plan(new SplitGrid("540102008001-G77", Middle, null)).Refusal!.Code.ShouldBe("places.grid_not_found");
        places.Plan(new SplitGrid(Old, [(91.0, 29.0), (91.0, 30.0)], null)).Refusal!.Code.ShouldBe("places.line");
        places.Plan(new SplitGrid(Old, [(91.115, 29.645), (91.116, 29.646)], null)).Refusal!.Code.ShouldBe("places.line");
        places.Plan(new SplitGrid(Old, null, [])).Refusal!.Code.ShouldBe("places.parts");
        places.Plan(new SplitGrid(Old, null, [Guid.Empty])).Refusal!.Code.ShouldBe("places.parts");
        places.Plan(new MergeGrids([Old])).Refusal!.Code.ShouldBe("places.parts");
        places.Plan(new MergeGrids(["540102008001-G01", "540102008001-G03"])).Refusal!.Code.ShouldBe("places.not_neighbours");
        places.Plan(new MergeGrids(["540102008001-G03", "540102011001-G01"])).Refusal!.Code.ShouldBe("places.other_community");
    }

    private static AddressBook Book(OpenDistrict district) => (AddressBook)district.Places.Book;
}
