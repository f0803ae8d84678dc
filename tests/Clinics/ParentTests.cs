using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Tests;

/// <summary>A parent with a phone, and the screen in the hall.</summary>
public class ParentTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_mother_books_her_children_sees_how_the_line_goes_and_gives_a_place_back(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 9);
        var mother = MorningDistrict.Of(Role.Citizen, MorningDistrict.District, district.Mother);
        await GuardianOf(district, 1, 2);
        var (book, mine) = (district.Get<BookVisits>(), district.Get<MyVisits>());
        (await book.ByParent(mother, MorningDistrict.Booking(540, district.Child(1), district.Child(3)), district.T, Over)).Refusal!.Code
            .ShouldBe("people.out_of_scope", "the third is another's");
        (await mine.Of(mother, Over)).Value.Visits.ShouldBeEmpty("together or not at all");
        (await book.ByParent(mother, MorningDistrict.Booking(540, district.Child(1), district.Child(2)), district.T, Over)).Ok.ShouldBeTrue();
        var (children, visits) = (await mine.Of(mother, Over)).Value;
        children.Count.ShouldBe(3, "herself and two");
        visits.Count.ShouldBe(2);
        district.Log().ShouldContain("clinics.book guardianship");

        (await mine.Cancel(MorningDistrict.Of(Role.Citizen, MorningDistrict.District, district.Child(3)), visits[0].Visit.Id, "")).Refusal!.Code
            .ShouldBe("clinics.visit_unknown", "whose it is not learns nothing of it");
        (await mine.Cancel(mother, visits[1].Visit.Id, "")).Ok.ShouldBeTrue();
        district.Count("select taken from clinics_places where product = ''").ShouldBe(1);

        await district.Morning();
        await district.Registered((await district.Come(district.Child(4))).Value, "IPV");
        await district.Registered((await district.Of(visits[0].Visit.Person))!, "IPV");
        var shown = (await mine.Of(mother, Over)).Value.Visits.ShouldHaveSingleItem();
        (shown.Visit.Number, shown.Ahead).ShouldBe((2, (int?)0), "the booked line is called before who came without");
        (await district.Get<CallNext>().Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "1")).Value!.Id.ShouldBe(shown.Visit.Id);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_screen_shows_the_last_five_calls_with_names_covered(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 9);
        await district.Morning();
        var (hall, clinic) = (district.Get<HallBoard>(), district.Get<Clinics>().Find(MorningDistrict.Clinic)!);
        (await hall.Show(clinic, Over)).Calls.ShouldBeEmpty();
        for (var n = 1; n <= 6; n++)
        {
            await district.Registered((await district.Come(district.Child(n))).Value, "IPV");
            var called = (await district.Get<CallNext>().Run(MorningDistrict.Nurse, MorningDistrict.Clinic, "2")).Value!;
            await district.Do(called, ClinicsPermissions.Table, VisitActs.Recall, "2");
            await district.Do((await district.Of(called.Person))!, ClinicsPermissions.Counter, (one, at) => VisitActs.Leave(one, at, "走了"));
        }
        var before = district.Log().Count;
        var shown = await hall.Show(clinic, Over);
        shown.Calls.Count.ShouldBe(5);
        shown.Calls.Select(call => call.Id).ShouldBeInOrder(SortDirection.Descending);
        shown.Calls.ShouldAllBe(call => call.Room == "2" && call.Name.Length == 4 && call.Name.Substring(1, 2) == "＊＊");
        district.Log().Count.ShouldBe(before, "a screen reads nobody's file");
    }

    [Theory, InlineData("扎西次仁", "扎＊＊仁"), InlineData("卓玛", "卓＊"), InlineData("丹", "丹"), InlineData("", ""), InlineData("𠮷野家", "𠮷＊家")]
    public void A_covered_name_is_known_to_who_has_it(string name, string covered) => HallBoard.Covered(name).ShouldBe(covered);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_consent_keeps_the_words_that_were_read_and_is_never_given_by_silence(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Morning();
        var visit = (await district.Come(district.Child(1))).Value;
        var keep = district.Get<KeepConsent>();
        var asked = new ConsentAsked(visit.Person, "IPV", "", "读过的话", "", "", "", visit.Id);
        var nothing = await keep.Run(MorningDistrict.Nurse, asked);
        new[] { nothing.Refusal! }.Concat(nothing.Refusal!.Also).Select(one => one.Code).ShouldBe(["clinics.consent_answer", "clinics.consent_as"]);
        (await keep.Run(MorningDistrict.Nurse, asked with { Answer = "yes", SignedAs = "mother" })).Refusal!.Code.ShouldBe("clinics.consent_sign");
        (await keep.Run(MorningDistrict.Nurse, asked with { Answer = "no", SignedAs = "father" })).Refusal!.Code.ShouldBe("clinics.consent_reason");
        (await keep.Run(MorningDistrict.Nurse, asked with { Answer = "yes", SignedAs = "mother", Strokes = "卓玛" })).Ok.ShouldBeTrue();
        var digest = district.Store.Read(session => session.Query<string>("select digest from clinics_consent"))[0];
        digest.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("读过的话"u8)));
        var strokes = district.Store.Read(session => session.Query<byte[]>("select strokes from clinics_consent"))[0];
        System.Text.Encoding.UTF8.GetString(strokes).ShouldNotContain("卓玛", Case.Sensitive, "the signature lies sealed");
        (await Standing()).ShouldContain("IPV");
        (await keep.Run(MorningDistrict.Nurse, asked with { Answer = "no", SignedAs = "father", Reason = "想再等等" })).Ok.ShouldBeTrue();
        (await Standing()).ShouldBeEmpty("a no of any of them stops it, whoever spoke last");

        Task<IReadOnlySet<string>> Standing() => district.Store.ReadAsync(session => ConsentRows.InForce(session, [visit.Person]), Over);
    }

    private static Task GuardianOf(MorningDistrict district, params int[] children) => district.Store.Write(session =>
    {
        foreach (var n in children)
            session.Execute("""
                insert into people_guardian (ward, guardian, kind, evidence, note, from_day, account, actor, at)
                values (@ward, @guardian, 'parent', 'household_book', '', '2026-10-01', @nobody, 'test', 0)
                """, new { ward = district.Child(n), guardian = district.Mother, nobody = Guid.Empty });
    });
}
