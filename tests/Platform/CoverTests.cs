using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class CoverTests
{
    private static readonly string[] Codes =
    [
        "", "5", "54", "5401", "540102", "54010200", "540102001", "540102006", "5401020060", "540102006001", "540102006001-G0",
        "540102006001-G03", "540102006001-G031", "540103", "%", "_40102", "540102%", "540102'--", "５４０１０２", "𝟓𝟒", "𝟓𝟒1",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public void A_scope_covers_the_same_places_in_code_and_in_storage(Engine engine)
    {
        using var district = TestStore.Open(engine);
        foreach (var scope in Codes.Select(code => new Scope(code)))
            foreach (var place in Codes.Append(null))
            {
                var covers = district.Store.Read(session => session.Scalar<long>(
                    $"select count(*) from (select cast(@place as text) as place) p where {scope.Covers("place", "@code")}",
                    new { place, code = scope.Code }));
                covers.ShouldBe(scope.Covers(place) ? 1 : 0, $"'{scope}' over '{place}'");
                Scope.Over(place).Contains(scope.Code).ShouldBe(scope.Covers(place), $"'{scope}' among the scopes over '{place}'");
            }
        new Scope("54010200").Covers("540102001").ShouldBeFalse("eight digits are no level, whatever begins with them");
        new Scope("").Covers("540102").ShouldBeFalse("the empty code is nowhere and not everywhere");
        new Scope("540102006001-G0").Covers("540102006001-G03").ShouldBeFalse("a grid whose code begins like another's is not its neighbour's part");
    }
}
