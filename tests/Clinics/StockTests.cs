using Legwork.Clinics.Needle;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Stock;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Tests;

/// <summary>What lies in the fridges: every movement stays, and what cannot be given is promised to nobody.</summary>
public class StockTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_lot_s_balance_is_the_sum_of_its_movements_whatever_happens_to_its_vials(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var (codes, stock, keeper) = (await district.Stocked("HepB", 6), district.Get<StockDesk>(), MorningDistrict.Keeper);
        (await stock.Waste(MorningDistrict.Nurse, codes[0], "落地破损")).Ok.ShouldBeTrue();
        (await stock.Waste(MorningDistrict.Nurse, codes[0], "落地破损")).Refusal!.Code.ShouldBe("clinics.unit_gone");
        (await stock.Waste(MorningDistrict.Nurse, codes[1], "")).Refusal!.Code.ShouldBe("clinics.reason");
        (await stock.Move(keeper, codes[1], MorningDistrict.OtherClinic, "A")).Value.State.ShouldBe(UnitState.Away);
        district.Count("select usable from clinics_level where clinic = 'barkhor'").ShouldBe(4, "what is on its way can be given nowhere");
        district.Count("select count(*) from clinics_level where clinic = 'hospital'").ShouldBe(0);
        (await stock.Arrive(keeper, codes[1])).Ok.ShouldBeTrue();
        (await stock.Arrive(keeper, codes[1])).Refusal!.Code.ShouldBe("clinics.not_away");
        (await stock.Move(keeper, codes[2], MorningDistrict.OtherClinic, "Z")).Refusal!.Code.ShouldBe("clinics.fridge");
        (await stock.Move(MorningDistrict.Nurse, codes[2], MorningDistrict.OtherClinic, "A")).Refusal!.Code.ShouldBe("clinics.out_of_scope");
        district.Count("select usable from clinics_level where clinic = 'hospital'").ShouldBe(1);
        foreach (var clinic in new[] { "barkhor", "hospital" })
            district.Count($"select coalesce(sum(doses), 0) from clinics_movement where clinic = '{clinic}'")
                .ShouldBe(district.Count($"select coalesce(sum(doses), 0) from clinics_unit where clinic = '{clinic}' and state <> 'wasted'"),
                    clinic);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_recalled_lot_is_given_nowhere_is_not_received_again_and_tells_whom_it_reached(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var codes = await district.Stocked("IPV", 3);
        var visit = await district.AtTable(district.Child(1));
        (await district.Get<GiveDose>().Run(MorningDistrict.Nurse, district.Asked(visit, codes[0]), district.T)).Ok.ShouldBeTrue();
        var second = await district.AtTable(district.Child(2));
        var stock = district.Get<StockDesk>();
        (await stock.Recall(MorningDistrict.Of(new("StockKeeper"), MorningDistrict.Street), MorningDistrict.District, "IPV", "L1", "厂家通知"))
            .Refusal!.Code.ShouldBe("clinics.out_of_scope", "one street cannot stop a lot for all");
        (await stock.Recall(MorningDistrict.Keeper, MorningDistrict.District, "IPV", "L9", "厂家通知")).Refusal!.Code.ShouldBe("clinics.lot_unknown");
        (await stock.Recall(MorningDistrict.Keeper, MorningDistrict.District, "IPV", "L1", "厂家通知")).Ok.ShouldBeTrue();

        var blocked = await district.Get<GiveDose>().Run(MorningDistrict.Nurse, district.Asked(second, codes[1]), district.T);
        new[] { blocked.Refusal! }.Concat(blocked.Refusal!.Also).Select(one => one.Code).ShouldContain("clinics.needle.recalled");
        (await district.Get<GoBeyond>().Run(MorningDistrict.Doctor, second.Id, ["recalled"], "没有别的")).Refusal!.Code.ShouldBe("clinics.never");
        district.Count("select usable from clinics_level where product = 'IPV'").ShouldBe(0);
        (await stock.Next(MorningDistrict.Clinic, "IPV", TestContext.Current.CancellationToken)).ShouldBeNull();
        (await stock.Receive(MorningDistrict.Keeper, new ReceiptAsked(MorningDistrict.Clinic, "A", "IPV", "L1", new DateOnly(2027, 6, 30), "", 1,
            ["84123450000000009999"]))).Refusal!.Code.ShouldBe("clinics.recalled");
        await district.Stocked("HepB", 1);
        var away = district.Store.Read(session => session.Query<string>("select code from clinics_unit where product = 'HepB'"))[0];
        (await stock.Move(MorningDistrict.Keeper, away, MorningDistrict.OtherClinic, "A")).Ok.ShouldBeTrue();
        (await stock.Recall(MorningDistrict.Keeper, MorningDistrict.District, "HepB", "L1", "厂家通知")).Ok.ShouldBeTrue();
        (await stock.Arrive(MorningDistrict.Keeper, away)).Value.State.ShouldBe(UnitState.Quarantine, "recalled on its way");
        district.Count("select count(*) from clinics_level where clinic = 'hospital' and usable > 0").ShouldBe(0);
        (await stock.Reached("IPV", "L1", TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Person.ShouldBe(district.Child(1));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_vial_to_take_is_an_opened_one_then_of_the_lot_that_runs_out_first_and_what_ran_out_leaves_the_shelf(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var later = await district.Stocked("IPV", 1, lot: "L2", expires: "2027-08-31");
        var sooner = await district.Stocked("IPV", 1, lot: "L1", expires: "2026-11-23");
        var stock = district.Get<StockDesk>();
        (await Next())!.Code.ShouldBe(sooner[0]);
        (await stock.Expire(Platform.Access.Actor.System, TestContext.Current.CancellationToken)).ShouldBe(0, "good until the end of the day");
        await district.Morning();
        district.Clock.Advance(TimeSpan.FromDays(1));
        (await district.Get<EveningWork>().Run(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await Next())!.Code.ShouldBe(later[0]);
        district.Count("select usable from clinics_level where product = 'IPV'").ShouldBe(1);
        district.Count("select sum(doses) from clinics_movement where lot = 'L1'").ShouldBe(0);

        Task<Unit?> Next() => stock.Next(MorningDistrict.Clinic, "IPV", TestContext.Current.CancellationToken);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_lay_in_a_fridge_out_of_range_is_promised_to_nobody_until_somebody_decides(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        await district.Stocked("IPV", 4);
        var (watch, keeper) = (district.Get<FridgeWatch>(), MorningDistrict.Keeper);
        foreach (var minute in new[] { 5, 9 }) (await Reads(minute, 9.5)).ShouldBeFalse("a door was open");
        (await Reads(10, 5)).ShouldBeFalse();
        foreach (var minute in new[] { 20, 25 }) (await Reads(minute, -1)).ShouldBeFalse("cold is out of range too, and the clock began anew");
        (await Reads(31, -1)).ShouldBeTrue();
        district.Count("select usable from clinics_level where product = 'IPV'").ShouldBe(0);
        (await district.Book(540, district.Child(1))).Refusal!.Code.ShouldBe("clinics.no_stock");
        (await watch.Decide(keeper, MorningDistrict.Clinic, "A", release: true, "已核对")).Refusal!.Code.ShouldBe("clinics.still_out");
        (await Reads(40, 4)).ShouldBeTrue("in range again, and still nobody has decided");
        (await watch.Decide(MorningDistrict.Nurse, MorningDistrict.Clinic, "A", release: true, "已核对")).Refusal!.Code.ShouldBe("clinics.out_of_scope");
        (await watch.Decide(keeper, MorningDistrict.Clinic, "A", release: true, "")).Refusal!.Code.ShouldBe("clinics.reason");
        (await watch.Decide(keeper, MorningDistrict.Clinic, "A", release: true, "短时低温，厂家确认可用")).Value.ShouldBe(4);
        district.Count("select usable from clinics_level where product = 'IPV'").ShouldBe(4);
        (await watch.Decide(keeper, MorningDistrict.Clinic, "A", release: true, "再来一次")).Refusal!.Code.ShouldBe("clinics.not_quarantined");
        (await district.Book(540, district.Child(1))).Ok.ShouldBeTrue();
        (await watch.Take(MorningDistrict.Clinic, "A", double.NaN, district.Clock.GetUtcNow())).Refusal!.Code.ShouldBe("clinics.reading");
        (await watch.Take(MorningDistrict.Clinic, "A", 5, district.Clock.GetUtcNow().AddHours(1))).Refusal!.Code.ShouldBe("clinics.reading",
            "of the future");

        async Task<bool> Reads(int minute, double celsius)
        {
            var at = Platform.Calendar.StartOf(MorningDistrict.Monday.AddDays(-1)).AddHours(12).AddMinutes(minute);
            district.Clock.Advance(at - district.Clock.GetUtcNow());
            return (await watch.Take(MorningDistrict.Clinic, "A", celsius, district.Clock.GetUtcNow())).Value;
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whatever_is_wrong_with_a_delivery_is_told_at_once_and_nothing_of_it_is_kept(Engine engine)
    {
        await using var district = await MorningDistrict.Open(engine);
        var stock = district.Get<StockDesk>();
        var wrong = await stock.Receive(MorningDistrict.Keeper, new ReceiptAsked(MorningDistrict.Clinic, "Z", "Nothing", "", null, "", 0, ["12",
            "84123450000000000001"]));
        new[] { wrong.Refusal! }.Concat(wrong.Refusal!.Also).Select(one => one.Code).ShouldBe(
            ["clinics.fridge", "clinics.product_unknown", "clinics.lot", "clinics.expires", "clinics.doses", "clinics.code_wrong"]);
        await district.Stocked("HepB", 1);
        var again = await stock.Receive(MorningDistrict.Keeper, new ReceiptAsked(MorningDistrict.Clinic, "A", "HepB", "L1", new DateOnly(2027, 7,
            1), "", 1,
            ["84123450000000000002"]));
        again.Refusal!.Code.ShouldBe("clinics.lot_differs");
        var known = district.Store.Read(session => session.Query<string>("select code from clinics_unit"))[0];
        (await stock.Receive(MorningDistrict.Keeper, new ReceiptAsked(MorningDistrict.Clinic, "A", "HepB", "L1", new DateOnly(2027, 6, 30), "", 1,
            ["84123450000000000003", known]))).Refusal!.Code.ShouldBe("clinics.code_known");
        district.Count("select count(*) from clinics_unit").ShouldBe(1);
        district.Count("select usable from clinics_level").ShouldBe(1);
    }
}
