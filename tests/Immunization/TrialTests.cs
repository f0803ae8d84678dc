using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization.Tests;

public class TrialTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_change_of_rules_says_who_gets_another_date_by_which_cause_and_is_one_batch_in_the_log(Engine engine)
    {
        await using var district = await ChildrensDistrict.Open(engine);
        await district.TakeDoses("接种记录_202610.csv", ChildrensDistrict.OfPema("A群流脑多糖疫苗", "2025-09-10"));
        var logged = district.Log().Count;
        var tried = (await district.Get<TryRules>().Run("cn-2021", "cn-2026", ChildrensDistrict.Of(Role.Clerk), Over)).Value;
        district.Log().Skip(logged).ShouldBe(["immunization.trial rule_trial"]);
        tried.People.ShouldBe(2);
        var menac = tried.Others.Single(other => other.Programme == "menac");
        (menac.Person, menac.Name, menac.How, menac.WasBy, menac.BecomesBy).ShouldBe(
            (district.Pema, "白玛", "deadline", new DateOnly(2026, 9, 9), new DateOnly(2027, 3, 9)));
        tried.Others.ShouldContain(
            other => other.Programme == "hpv" && other.Person == district.Yangzom && other.How == "new" && other.Becomes == "HPV-1");
        tried.Others.ShouldNotContain(other => other.Programme == "hepb", "what did not change is not listed");
        tried.Causes.Sum(cause => cause.People).ShouldBe(tried.Others.Count);
    }

    [Fact]
    public async Task An_officer_counts_children_without_their_names_and_a_street_sees_its_own_only()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var officer = (await district.Get<TryRules>().Run("cn-2021", "cn-2026", ChildrensDistrict.Of(Role.Officer), Over)).Value;
        officer.People.ShouldBe(2);
        officer.Others.ShouldNotBeEmpty();
        officer.Others.ShouldAllBe(other => other.Name == "" && other.Birth == null);
        (await district.Get<TryRules>().Run("cn-2021", "cn-2026", ChildrensDistrict.Of(Role.Clerk, ChildrensDistrict.OtherStreet), Over)).Value.Others
            .Select(other => other.Person).Distinct().ShouldBe([district.Yangzom]);
    }

    [Fact]
    public async Task The_same_rules_twice_or_unknown_ones_are_refused_and_nobody_is_looked_at()
    {
        await using var district = await ChildrensDistrict.Open(Engine.Sqlite);
        var logged = district.Log().Count;
        foreach (var (from, to) in new[] { ("cn-2026", "cn-2026"), ("cn-1999", "cn-2026") })
            (await district.Get<TryRules>().Run(from, to, ChildrensDistrict.Of(Role.Officer), Over)).Refusal!
                .Code.ShouldBe("immunization.trial.rules");
        district.Log().Count.ShouldBe(logged);
    }
}
