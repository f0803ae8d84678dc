using Legwork.Places.Contracts;
using Legwork.Platform.Storage;

namespace Legwork.Places.Tests;

public class TakeTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Grids_and_addresses_come_in_once_however_often_they_are_sent(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var book = district.Places.Book;
        (book.Grids.Count, book.Dwellings.Count).ShouldBe((6, SmallDistrict.Homes.Count));
        book.Streets.Select(street => street.Name).ShouldBe(["两岛街道", "夺底街道"]);

        (await district.TakeGrids(OpenDistrict.GeoJson())).Value.ShouldSatisfyAllConditions(
            taken => (taken.Added, taken.Changed, taken.Same).ShouldBe((0, 0, 6)), taken => taken.Notes.ShouldBeEmpty());
        var again = (await district.Places.TakeAddresses(OpenDistrict.Rows())).Value;
        (again with { AlikeRows = [] }).ShouldBe(new AddressesTaken(0, 0, SmallDistrict.Homes.Count, 0));
        district.Places.Book.ShouldBeSameAs(book);
        district.Told<GridChanged>(PlacesEvents.GridChanged).ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_the_list_says_is_what_texts_find(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var book = district.Places.Book;
        foreach (var home in SmallDistrict.Homes)
            book.Resolve(home.Full).ShouldSatisfyAllConditions(found => found.How.ShouldBe(How.Exact), found => found.Grid.ShouldBe(home.Grid));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Rows_that_read_alike_are_one_dwelling(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var taken = await district.Places.TakeAddresses([
            new(1, "太阳小区9区1栋1单元101室", "540102008001-G01"), new(2, "太阳小区九区1-1-101", "540102008001-G01"), new(3, "太阳小区3区1-2-101", "540102008001-G01")]);
        (taken.Value with { AlikeRows = [] }).ShouldBe(new AddressesTaken(1, 0, 1, 1));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_row_that_names_another_grid_moves_its_dwelling_and_tells(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var home = SmallDistrict.Homes[0];
        (await district.Places.TakeAddresses([new(1, home.Full, "540102008001-G03")])).Value.Changed.ShouldBe(1);
        var moved = district.Places.Book.Resolve(home.Full);
        moved.Grid.ShouldBe("540102008001-G03");
        var told = district.Told<GridChanged>(PlacesEvents.GridChanged).ShouldHaveSingleItem();
        (told.From, told.To, told.TakesRest).ShouldBe((home.Grid, "540102008001-G03", false));
        told.Dwellings.ShouldBe([moved.Key]);
        district.Places.GridOn(moved.Dwelling!.Value, OpenDistrict.Today.AddDays(-1)).ShouldBe(home.Grid);
        district.Places.GridOn(moved.Dwelling.Value, OpenDistrict.Today).ShouldBe("540102008001-G03");
    }

    [Theory]
    [InlineData("", "540102008001-G01", "no address")]
    [InlineData("太阳小区3区9-1-101", "540102008001-G99", "no grid is called 540102008001-G99")]
    [InlineData("四川省成都市锦江区某路1号", "540102008001-G01", "another district")]
    [InlineData("太阳小区3区9-1-101", null, "no grid is given")]
    public async Task A_list_with_a_row_that_cannot_be_taken_is_refused_whole(string text, string? grid, string why)
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var refused = await district.Places.TakeAddresses([new(1, "太阳小区3区8-1-101", "540102008001-G01"), new(2, text, grid)]);
        refused.Refusal!.Code.ShouldBe("places.address_row");
        refused.Refusal.Message.ShouldContain("row 2");
        refused.Refusal.Message.ShouldContain(why);
        district.Places.Book.Resolve("太阳小区3区8-1-101").Dwelling.ShouldBeNull();
    }

    [Theory]
    [InlineData("no rings", "places.outline")]
    [InlineData("open ring", "places.outline")]
    [InlineData("three points", "places.outline")]
    [InlineData("bow tie", "places.outline")]
    [InlineData("not a number", "places.outline")]
    [InlineData("off the earth", "places.outline")]
    [InlineData("flat", "places.outline")]
    public async Task A_malformed_outline_is_refused_by_the_name_of_its_grid(string fault, string code)
    {
        object coordinates = fault switch
        {
            "no rings" => Array.Empty<object>(),
            "open ring" => (double[][][])[[[91, 29], [91.1, 29], [91.1, 29.1], [91, 29.1]]],
            "three points" => (double[][][])[[[91, 29], [91.1, 29], [91, 29]]],
            "bow tie" => (double[][][])[[[91, 29], [91.1, 29.1], [91.1, 29], [91, 29.1], [91, 29]]],
            "not a number" => (object[])[new object[] { new object[] { 91, "east" } }],
            "off the earth" => (double[][][])[[[91, 129], [91.1, 129], [91.1, 129.1], [91, 129]]],
            _ => (double[][][])[[[91, 29], [91.1, 29], [91.2, 29], [91, 29]]],
        };
        using var district = OpenDistrict.Empty(Engine.Sqlite);
        var refused = await district.TakeGrids(
            OpenDistrict.GeoJson((grid, west) => OpenDistrict.Feature(grid, west, grid.Order == 2 ? coordinates : null)));
        refused.Refusal!.Code.ShouldBe(code);
        refused.Refusal.Message.ShouldContain("Feature 2 (540102008001-G02)");
        district.Places.Book.Grids.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", "places.geojson")]
    [InlineData("[", "places.geojson")]
    [InlineData("{\"features\":[]}", "places.geojson")]
    [InlineData("{\"features\":[7]}", "places.geojson")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"G1\"}}]}", "places.grid_code")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"540102008001-G01\"}}]}", "places.outline")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"540102008001-G01\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[91,29]}}]}",
        "places.outline")]
    public async Task What_is_not_a_file_of_grids_is_refused(string json, string code)
    {
        using var district = OpenDistrict.Empty(Engine.Sqlite);
        (await district.TakeGrids(json)).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Grids_that_overlap_are_taken_with_a_note()
    {
        using var district = OpenDistrict.Empty(Engine.Sqlite);
        var taken = await district.TakeGrids(OpenDistrict.GeoJson((grid, west) => OpenDistrict.Feature(grid, grid.Order == 2 ? west - 0.005 : west)));
        taken.Value.Notes.ShouldContain(note => note.Contains("540102008001-G01 and 540102008001-G02 overlap"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Another_node_sees_a_change_with_its_next_book(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        var other = district.OtherNode;
        other.Book.Resolve("太阳小区3区9-1-101").Dwelling.ShouldBeNull();
        await district.Places.TakeAddresses([new(1, "太阳小区3区9-1-101", "540102008001-G01")]);
        other.Book.Resolve("太阳小区3区9-1-101").Dwelling.ShouldNotBeNull();
    }
}
