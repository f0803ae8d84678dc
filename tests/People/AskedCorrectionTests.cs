using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>What whoever handles a request for correction sees of it.</summary>
public class AskedCorrectionTests
{
    private static readonly Permission ViewCase = new("cases.view", Role.GridWorker, Role.Clerk);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_clerk_sees_what_is_what_should_be_and_why_and_the_log_says_for_what(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (tashi, drolma) = (district.FileOf("扎西次仁"), district.FileOf("卓玛"));
        await Ask(district, tashi, "phone", "13900001111", "换了电话");

        (await Asks(district, SmallDistrict.Clerk(), tashi)).ShouldHaveSingleItem()
            .ShouldBe("本人申请更正联系电话：现为 13900000009，应为 13900001111；理由：“换了电话”");
        district.Log().TakeLast(2).ShouldBe(["cases.view case_handling", "cases.view correct"]);

        (await Asks(district, SmallDistrict.Clerk(), drolma)).ShouldBeEmpty();
        district.Log()[^1].ShouldBe("cases.view case_handling", "where nobody asked nothing is read to answer it");
        var worker = SmallDistrict.Of(Role.GridWorker, MadeUp.BakuoGrid, "网格员");
        var told = (await Asks(district, worker, tashi)).ShouldHaveSingleItem();
        told.ShouldContain("换了电话");
        told.ShouldNotContain("13900000009", Case.Sensitive, "who answers no requests is shown no number under this purpose");
        district.Log()[^1].ShouldBe("cases.view case_handling");
    }

    [Theory]
    [InlineData("number", "", "户口簿上是 540102199003070993", "现为 540102********")]
    [InlineData("sex", "female", "登记错了", "现为 男，应为 女")]
    [InlineData("name_bo", "བཀྲ་ཤིས།", "少一个字", "现为 བཀྲ་ཤིས་ཚེ་རིང་།，应为 བཀྲ་ཤིས།")]
    [InlineData("former_name", "扎西", "小时候的名字", "现为 没有记载，应为 扎西")]
    public async Task Every_value_is_told_in_words_and_a_number_is_masked_also_within_the_reason(string field, string value, string why, string told)
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var tashi = district.FileOf("扎西次仁");
        var right = MadeUp.Number("19900307", 99);
        await Ask(district, tashi, field, value.Length > 0 ? value : right, why);

        var line = (await Asks(district, SmallDistrict.Clerk(), tashi)).ShouldHaveSingleItem();
        line.ShouldContain(told);
        line.ShouldContain(why.Split(' ')[0]);
        line.ShouldNotMatch("[0-9]{14}");
    }

    private static async Task Ask(SmallDistrict district, PersonId person, string field, string value, string why) =>
        (await district.Get<AskCorrection>().Run(SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", person), person, field, value, why))
            .Ok.ShouldBeTrue();

    private static async Task<List<string>> Asks(SmallDistrict district, Actor actor, PersonId person) =>
        [.. (await district.Get<ISubjects>().Describe(actor, ViewCase, "case_handling", [PersonSubject.Of(person)],
            TestContext.Current.CancellationToken))[PersonSubject.Of(person)].Lines.Where(line => line.Contains("申请更正", StringComparison.Ordinal))];
}
