using Legwork.Platform.Access;
using Legwork.Platform.Districts;

namespace Legwork.Platform.Tests;

public class PlaceNamesTests
{
    private const string Street = "540102006";

    private static readonly PlaceNames Places = PlaceNames.Load(Repository.In("districts", "540102", "district.yaml"), new Grids());

    [Fact]
    public void A_place_is_found_by_its_code_its_name_or_a_part_of_one_that_no_other_has()
    {
        var name = Places.Own(Street, Shell.Language.Chinese);
        Places.Coded(Street, "").ShouldBe(Street);
        Places.Coded($" {name} ", "").ShouldBe(Street, "who is called just that goes before whatever lies in it");
        Places.Coded(Places.Own(Street, Shell.Language.Tibetan), "").ShouldBe(Street);
        Places.Coded("东风社区第3网格", "").ShouldBe(Street + "001-G03");
    }

    [Fact]
    public void Several_of_one_name_are_offered_and_only_one_of_them_can_be_chosen()
    {
        Places.Matching("第2网格").ShouldBe([Street + "001-G02", Street + "002-G02"]);
        Places.Coded("第2网格", "").ShouldBe("第2网格", "a name that two have decides nothing");
        Places.Coded("第2网格", Street + "002-G02").ShouldBe(Street + "002-G02");
        Places.Coded("第2网格", Street + "001-G03").ShouldBe("第2网格", "what was not offered cannot be chosen");
        Places.Coded("no such place", Street).ShouldBe("no such place");
    }

    private sealed class Grids : IPlaceLists
    {
        private static readonly Dictionary<string, string> Names = new()
        {
            [Street + "001"] = "东风社区",
            [Street + "002"] = "西山社区",
            [Street + "001-G02"] = "东风社区第2网格",
            [Street + "001-G03"] = "东风社区第3网格",
            [Street + "002-G02"] = "西山社区第2网格",
        };

        public IReadOnlyCollection<string> Codes => Names.Keys;

        public Task Refresh(CancellationToken cancel) => Task.CompletedTask;

        public string? NameOf(string code) => Names.GetValueOrDefault(code);
    }
}
