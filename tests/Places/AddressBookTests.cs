using Legwork.Places.Addresses;
using Legwork.Places.Contracts;

namespace Legwork.Places.Tests;

public class AddressBookTests
{
    private static readonly AddressBook Book = SmallDistrict.Book();

    [Fact]
    public void Every_dwelling_is_found_from_every_habit()
    {
        foreach (var home in SmallDistrict.Homes)
        {
            foreach (var (text, namesStreet) in home.Writings())
            {
                var found = Book.Resolve(text, namesStreet ? null : home.Grid);
                found.Dwelling.ShouldBe(home.Dwelling.Id, text);
                found.Grid.ShouldBe(home.Grid);
                found.How.ShouldBe(namesStreet ? How.Exact : home.Name == "圣城新村1区" ? How.Hint : How.Unique, text);
            }
        }
    }

    [Fact]
    public void A_key_reads_back_as_itself()
    {
        foreach (var text in SmallDistrict.Homes.SelectMany(home => home.Writings()).Select(writing => writing.Text))
        {
            var key = Chengguan.Parser.Parse(text).Key;
            Chengguan.Parser.Parse(key).Key.ShouldBe(key);
        }
    }

    [Theory]
    [InlineData("圣城新村1区1-2-101", null, null)]
    [InlineData("圣城新村1区1-2-101", "540102011001-G01", "540102011001-G01")]
    [InlineData("圣城新村1区1-2-101", "夺底东社区", "540102011001-G01")]
    [InlineData("圣城新村1区1-2-101", "两岛街道", "540102008001-G03")]
    [InlineData("圣城新村1区1-2-101", "540102008001-G01", "540102008001-G03")]
    [InlineData("圣城新村1区1-2-101", "某社区", null)]
    public void An_estate_of_two_streets_needs_the_rows_place(string text, string? hint, string? grid)
    {
        var found = Book.Resolve(text, hint);
        found.Grid.ShouldBe(grid);
        found.Dwelling.HasValue.ShouldBe(grid is not null);
        found.Candidates.Count.ShouldBe(grid is null ? 2 : 0);
    }

    [Fact]
    public void A_hint_never_overrules_a_text_that_fits_one_dwelling_only() =>
        Book.Resolve("太阳小区3区1-2-101", "540102011001-G02").ShouldSatisfyAllConditions(
            found => found.Grid.ShouldBe("540102008001-G01"),
            found => found.How.ShouldBe(How.Unique));

    [Fact]
    public void A_wrong_street_is_not_overlooked()
    {
        var found = Book.Resolve("夺底街道太阳小区3区1栋2单元101室");
        found.Dwelling.ShouldBeNull();
        found.Candidates.ShouldBe([Home("太阳小区3区", 1, 2, 101)]);
    }

    [Theory]
    [InlineData("和平苑1-2-101", "和平苑")]
    [InlineData("和平大院1区1-2-101", "和平大院1区")]
    public void Like_names_are_different_estates(string text, string name) => Book.Resolve(text).Dwelling.ShouldBe(Home(name, 1, 2, 101));

    [Fact]
    public void An_estate_that_does_not_exist_is_not_its_neighbour()
    {
        Book.Resolve("和平小区1-2-101").Dwelling.ShouldBeNull();
        Book.Resolve("和平1-2-101").Dwelling.ShouldBeNull();
    }

    [Theory]
    [InlineData("太阳小区3区2栋1单元202", "太阳小区3区", 2, 1, 202)]
    [InlineData("太阳3区2-1-202", "太阳小区3区", 2, 1, 202)]
    [InlineData("两岛太阳小区3区2-1-202", "太阳小区3区", 2, 1, 202)]
    [InlineData("和平大院2-1-202", "和平大院1区", 2, 1, 202)]
    [InlineData("和平苑1区2-1-202", "和平苑", 2, 1, 202)]
    [InlineData("夺底四组9户", "夺底村", 4, 9, 0)]
    public void What_is_left_out_is_filled_when_only_one_dwelling_fits(string text, string name, int first, int second, int third) =>
        Book.Resolve(text).Dwelling.ShouldBe(Home(name, first, second, third));

    [Fact]
    public void A_household_without_its_group_is_found_in_its_grid() =>
        Book.Resolve("夺底村9户", "540102011001-G02").Dwelling.ShouldBe(Home("夺底村", 4, 9, 0));

    [Theory]
    [InlineData("两岛路", null)]
    [InlineData("两岛路15号附2", "540102008001-G02")]
    [InlineData("两岛路400号", null)]
    [InlineData("和平苑9栋9单元901", "540102008001-G01")]
    [InlineData("夺底村4组99户", "540102011001-G02")]
    [InlineData("两岛路45号某某家园3栋", "540102008001-G03")]
    public void A_door_that_is_not_listed_gives_its_grid_when_it_can_be_no_other(string text, string? grid)
    {
        var found = Book.Resolve(text);
        (found.How, found.Grid, found.Dwelling).ShouldBe((How.RoadOnly, grid, null));
    }

    [Fact]
    public void A_name_one_character_off_is_offered_but_not_taken()
    {
        var found = Book.Resolve("太杨小区3区1-2-101");
        (found.How, found.Dwelling).ShouldBe((How.Near, null));
        found.Candidates.ShouldBe([Home("太阳小区3区", 1, 2, 101)]);
    }

    [Fact]
    public void Other_provinces_and_nothing_at_all_resolve_to_nothing()
    {
        Book.Resolve("四川省成都市锦江区太阳小区3区1-2-101").How.ShouldBe(How.Outside);
        Book.Resolve("").How.ShouldBe(How.Unresolved);
        Book.Resolve("（）").How.ShouldBe(How.Unresolved);
    }

    [Fact]
    public void What_a_clerk_taught_holds_for_every_text_that_reads_alike()
    {
        var home = Home("太阳小区3区", 1, 2, 101);
        var book = SmallDistrict.Book(new Lesson("向阳院3区1-2-101", "", home, null));
        book.Resolve("向阳院三区1幢2单元101").ShouldSatisfyAllConditions(found => found.Dwelling.ShouldBe(home), found => found.How.ShouldBe(How.Alias));
        book.Resolve("向阳院3区1-2-102").Dwelling.ShouldBeNull();
    }

    [Fact]
    public void Another_name_of_an_estate_holds_for_all_its_doors()
    {
        var book = SmallDistrict.Book(new Lesson("向阳院", "", null, "太阳小区"));
        book.Resolve("向阳院3区1-2-102").Dwelling.ShouldBe(Home("太阳小区3区", 1, 2, 102));
    }

    [Fact]
    public void A_lesson_taught_for_one_place_stays_there()
    {
        var home = Home("圣城新村1区", 1, 2, 101, "540102011");
        var book = SmallDistrict.Book(new Lesson("圣城新村1区1-2-101", "540102011001", home, null));
        book.Resolve("圣城新村1区1-2-101", "540102011001-G03").Dwelling.ShouldBe(home);
        book.Resolve("圣城新村1区1-2-101").Dwelling.ShouldBeNull();
    }

    [Fact]
    public void A_point_lies_in_the_grid_whose_outline_covers_it()
    {
        Book.GridOf(91.105, 29.645).ShouldBe("540102008001-G01");
        Book.GridOf(91.11, 29.645).ShouldBe("540102008001-G01");
        Book.GridOf(91.115, 29.645).ShouldBe("540102008001-G02");
        Book.GridOf(80, 29.645).ShouldBeNull();
    }

    [Fact]
    public void A_street_lies_around_its_grids_and_its_name_stands_inside()
    {
        var street = Book.Around("540102008").ShouldNotBeNull();
        var ring = street.Rings.ShouldHaveSingleItem("borders between its own grids are gone");
        (ring.Min(p => p.Longitude), ring.Max(p => p.Longitude)).ShouldBe((91.10, 91.13));
        Book.GridOf(street.Middle.Longitude, street.Middle.Latitude)!.ShouldStartWith("540102008");
        Book.Around("540102008001")!.Rings.Count.ShouldBe(1);
        Book.Around("540102099").ShouldBeNull("it has no grids");
    }

    [Fact]
    public void A_grid_is_walked_by_road_and_number()
    {
        var walked = SmallDistrict.Homes.Where(home => home.Grid == "540102008001-G02")
            .OrderBy(home => Book.WalkOrder(home.Dwelling.Id), StringComparer.Ordinal).ToList();
        walked.Where(home => home.Kind == HomeKind.House).Select(home => home.First).ShouldBe(Enumerable.Range(1, 30));
    }

    private static Guid Home(string name, int first, int second, int third, string? street = null) => SmallDistrict.Homes
        .First(home => (home.Name, home.First, home.Second, home.Third) == (name, first, second, third) && (street is null || home.Street == street)
            && (home.Kind != HomeKind.Household || home.First == first)).Dwelling.Id;
}
