using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Storage;
using Visit = Legwork.Clinics.Morning.Visit;

namespace Legwork.Clinics.Tests;

/// <summary>What stands between a vial and a child: every breach is named by its own clause,
/// alone and beside any other, and nothing else is.</summary>
public class NeedleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 30, 0, TimeSpan.Zero);
    private static readonly ClinicRules Rules = ClinicRules.Load(Path.Combine(Repository.Root, "rules", "clinics"));

    /// <summary>Each clause broken in a way of its own, on facts in which nothing is wrong.</summary>
    private static readonly IReadOnlyDictionary<string, Func<NeedleFacts, NeedleFacts>> Broken =
        new Dictionary<string, Func<NeedleFacts, NeedleFacts>>
        {
            [NeedleClause.NotCalled] = facts => facts with { Visit = facts.Visit with { Room = "2" } },
            [NeedleClause.Child] = facts => facts with { ReadBack = false },
            [NeedleClause.Elsewhere] = facts => facts with { Unit = facts.Unit! with { Clinic = "hospital" } },
            [NeedleClause.Empty] = facts => facts with { Unit = facts.Unit! with { Doses = 0 } },
            [NeedleClause.Product] = facts => facts with { Visit = facts.Visit with { Products = ["HepB"] } },
            [NeedleClause.Expired] = facts => facts with { Lot = facts.Lot! with { Expires = facts.Today.AddDays(-1) } },
            [NeedleClause.Recalled] = facts => facts with { Lot = facts.Lot! with { RecalledAt = Now } },
            [NeedleClause.Quarantine] = facts => facts with { Unit = facts.Unit! with { State = UnitState.Quarantine } },
            [NeedleClause.Fridge] = facts => facts with { Fridge = facts.Fridge! with { Celsius = 12, OutSince = Now.AddMinutes(-11) } },
            [NeedleClause.Opened] = facts => facts with { Unit = facts.Unit! with { OpenedAt = Now.AddMinutes(-31) } },
            [NeedleClause.Consent] = facts => facts with { Consented = new HashSet<string> { "HepB" } },
            [NeedleClause.NotDue] = facts => facts with { Against = [.. facts.Against, new DoseAgainst("not_due", "bcg-1", "")] },
            [NeedleClause.Interval] = facts => facts with { Against = [.. facts.Against, new DoseAgainst("interval", "live", "")] },
            [NeedleClause.State] = facts => facts with { Against = [.. facts.Against, new DoseAgainst("state", "hiv", "")] },
            [NeedleClause.Doctor] = facts => facts with { Against = [.. facts.Against, new DoseAgainst("doctor", "fits", "")] },
            [NeedleClause.NoBirth] = facts => facts with { Against = [.. facts.Against, new DoseAgainst("no_birth", "", "")] },
        };

    /// <summary>Where nothing of the vial can be known nothing of it is said.</summary>
    private static readonly IReadOnlyDictionary<string, Func<NeedleFacts, NeedleFacts>> Unread =
        new Dictionary<string, Func<NeedleFacts, NeedleFacts>>
        {
            [NeedleClause.Code] = facts => facts with { Scanned = "8412345 000" },
            [NeedleClause.Unknown] = facts => facts with { Unit = null, Lot = null, Fridge = null },
        };

    [Fact]
    public void With_nothing_wrong_nothing_is_blocked() => NeedleCheck.Of(Fine(), Rules).ShouldBeEmpty();

    [Fact]
    public void Every_clause_is_broken_here_by_itself() =>
        Broken.Keys.Concat(Unread.Keys).Order(StringComparer.Ordinal).ShouldBe(NeedleClause.All.Order(StringComparer.Ordinal));

    [Fact]
    public void A_breach_is_named_by_its_own_clause_and_no_other()
    {
        foreach (var (clause, breaking) in Broken.Concat(Unread))
            NeedleCheck.Of(breaking(Fine()), Rules).Select(breach => breach.Clause).ShouldBe([clause]);
    }

    [Fact]
    public void Two_breaches_at_once_are_both_named()
    {
        foreach (var (one, breakOne) in Broken)
            foreach (var (other, breakOther) in Broken)
            {
                if (one == other) continue;
                // A quarantined vial is so because of its fridge, and an order of clauses that exclude each other says one of them.
                var named = NeedleCheck.Of(breakOther(breakOne(Fine())), Rules).Select(breach => breach.Clause).ToList();
                string[] wanted = (one, other) is (NeedleClause.Quarantine, NeedleClause.Fridge) or (NeedleClause.Fridge, NeedleClause.Quarantine)
                    ? [NeedleClause.Quarantine] : [one, other];
                // Breaking the product for another takes the consent of the first along with nothing.
                named.Order(StringComparer.Ordinal).ShouldBe(wanted.Order(StringComparer.Ordinal), $"{one} and {other}");
            }
    }

    [Theory]
    [InlineData("2026-11-23", true), InlineData("2026-11-24", true), InlineData("2026-11-22", false)]
    public void A_lot_is_good_until_the_end_of_the_day_that_is_printed(string expires, bool good) => NeedleCheck.Of(Fine() with
    {
        Lot = Fine().Lot! with { Expires = DateOnly.Parse(expires, System.Globalization.CultureInfo.InvariantCulture) },
    }, Rules).Count.ShouldBe(good ? 0 : 1);

    [Theory]
    [InlineData(30, true), InlineData(31, false)]
    public void An_opened_vial_is_good_for_its_minutes(int minutes, bool good) =>
        NeedleCheck.Of(Fine() with { Unit = Fine().Unit! with { OpenedAt = Now.AddMinutes(-minutes) } }, Rules).Count.ShouldBe(good ? 0 : 1);

    [Fact]
    public void A_fridge_that_is_silent_for_too_long_is_out_of_range_and_a_short_door_is_not()
    {
        NeedleCheck.Of(Fine() with { Fridge = Fine().Fridge! with { At = Now.AddMinutes(-61) } }, Rules)
            .ShouldHaveSingleItem().Clause.ShouldBe(NeedleClause.Fridge);
        NeedleCheck.Of(Fine() with { Fridge = null }, Rules).ShouldHaveSingleItem().Clause.ShouldBe(NeedleClause.Fridge);
        NeedleCheck.Of(Fine() with { Fridge = Fine().Fridge! with { Celsius = 12, OutSince = Now.AddMinutes(-9) } }, Rules).ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_dose_leaves_visit_record_stock_and_promise_together_and_the_same_key_gives_it_once(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 3);
        var visit = await district.AtTable(district.Child(1));
        var give = district.Get<GiveDose>();
        var key = Guid.NewGuid();
        var asked = district.Asked(visit, codes[0]) with { Act = new ActAsked(visit.Id, visit.Version, visit.Room, key) };
        var given = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => give.Run(MorningDistrict.Nurse, asked, district.T))));

        var one = given.Where(done => done.Ok).ShouldHaveSingleItem().Value;
        given.Where(done => !done.Ok).Select(done => done.Refusal!.Code)
            .ShouldAllBe(code => code == "clinics.taken_already" || code == "clinics.stale"
            || code == "clinics.needle.not_called" || code == "clinics.unit_stale");
        (one.Visit.State, one.Visit.UntilAt).ShouldBe((VisitState.Observed, (DateTimeOffset?)district.Clock.GetUtcNow().AddMinutes(30)));
        district.Count("select count(*) from immunization_dose where vaccine = 'IPV' and lot = 'L1' and site = 'left_thigh'").ShouldBe(1);
        district.Count("select usable * 100 + promised from clinics_level where product = 'IPV'").ShouldBe(200, "two left, none promised");
        district.Count($"select doses from clinics_unit where code = '{codes[0]}'").ShouldBe(0);
        district.Count("select sum(doses) from clinics_movement where product = 'IPV'").ShouldBe(2, "a lot's balance is the sum of its movements");
        district.Count("select count(*) from clinics_dose").ShouldBe(1);
        district.Log().ShouldContain("clinics.table clinic");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_doctor_may_go_beyond_goes_on_with_a_reason_in_a_log_of_its_own_and_nothing_else_does(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 2);
        var visit = await district.AtTable(district.Child(1));
        for (var minute = 0; minute <= 12; minute += 4)
        {
            district.Clock.Advance(TimeSpan.FromMinutes(4));
            (await district.Get<FridgeWatch>().Take(MorningDistrict.Clinic, "A", 14, district.Clock.GetUtcNow()))
                .Value.ShouldBe(minute >= 12, $"{minute}");
        }
        var (give, beyond) = (district.Get<GiveDose>(), district.Get<GoBeyond>());
        var blocked = await give.Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T);
        blocked.Refusal!.Code.ShouldBe("clinics.needle.quarantine");
        blocked.Refusal.Also.ShouldBeEmpty();
        (await beyond.Run(MorningDistrict.Nurse, visit.Id, ["quarantine"], "没有别的"))
            .Refusal!.Code.ShouldBe("clinics.out_of_scope", "a nurse is no doctor");
        (await beyond.Run(MorningDistrict.Doctor, visit.Id, ["quarantine"], "")).Refusal!.Code.ShouldBe("clinics.reason");
        (await beyond.Run(MorningDistrict.Doctor, visit.Id, ["recalled"], "没有别的")).Refusal!.Code.ShouldBe("clinics.never");
        district.Count("select count(*) from clinics_override").ShouldBe(0);
        (await beyond.Run(MorningDistrict.Doctor, visit.Id, ["quarantine"], "温度记录仪故障，已核对")).Ok.ShouldBeTrue();
        (await give.Run(MorningDistrict.Nurse, district.Asked(visit, codes[0], readBack: false), district.T)).Refusal!.Code
            .ShouldBe("clinics.needle.child", "the other clauses stand");
        (await give.Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T)).Ok.ShouldBeTrue();
        district.Count("select count(*) from immunization_dose where note like '%quarantine%'").ShouldBe(1, "the record says in spite of what");
        district.Count("select usable from clinics_level where product = 'IPV'").ShouldBe(0, "what is quarantined cannot be given");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Without_a_consent_for_that_vaccine_and_with_parents_who_differ_nothing_is_given(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 2);
        var visit = await district.AtTable(district.Child(1));
        await district.Store.Write(session => session.Execute("""
            insert into clinics_consent (id, person, product, answer, text, digest, reason, strokes, signer, signed_as, visit, account, actor, at)
            values (@id, @child, 'IPV', 'no', 'test', 'test', null, null, @id, 'father', null, @id, 'test', @now)
            """, new { id = Guid.CreateVersion7(), child = district.Child(1), now = district.Clock.GetUtcNow() }));
        (await district.Get<GiveDose>().Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T))
            .Refusal!.Code.ShouldBe("clinics.needle.consent");
        district.Count("select count(*) from immunization_dose where vaccine = 'IPV'").ShouldBe(0);
    }

    private static NeedleFacts Fine() => new(
        new Visit(Guid.NewGuid(), "barkhor", DateOnly.FromDateTime(Now.UtcDateTime), 540, Lane.Booked, PersonId.New(), true,
            "娃＊", Guid.NewGuid(), ["BCG"],
            VisitState.Called, 1, "1", 1, 0, Now, Now, null, null, null, Now, 4),
        "barkhor", "1", "84123450000000000001",
        new Unit("84123450000000000001", "BCG", "L1", "barkhor", "A", UnitState.Opened, 3, Now.AddMinutes(-5), 1),
        new LotRow("BCG", "L1", DateOnly.FromDateTime(Now.UtcDateTime), "示例生物", null, ""),
        new FridgeRow("barkhor", "A", 5, Now.AddMinutes(-1), null, "fine"),
        [], new HashSet<string> { "BCG" }, ReadBack: true, DateOnly.FromDateTime(Now.UtcDateTime), Now);
}
