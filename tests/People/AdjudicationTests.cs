using Legwork.Kernel;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Pairs;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class AdjudicationTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_clerks_cannot_decide_one_pair_at_once(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (first, second) = (SmallDistrict.Clerk(name: "窗口一号"), SmallDistrict.Clerk(name: "窗口二号"));
        var pair = await Suspect(district, first, "卓玛", "次仁");
        (await district.Get<PairQueue>().Open(first, pair, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();

        var held = await district.Get<PairQueue>().Open(second, pair, TestContext.Current.CancellationToken);
        held.Refusal!.Code.ShouldBe("people.pair.held");
        held.Refusal.Message.ShouldContain("窗口一号");
        held.Refusal.Message.ShouldContain("12:10");
        (await district.Get<DecidePair>().Run(second, pair, "different", "认识")).Refusal!.Code.ShouldBe("people.pair.held");

        district.Clock.Advance(PairQueue.Hold + TimeSpan.FromSeconds(1));
        (await district.Get<PairQueue>().Open(second, pair, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();
        (await district.Get<DecidePair>().Run(first, pair, "same", "认识")).Refusal!.Code.ShouldBe("people.pair.held");
        (await district.Get<DecidePair>().Run(second, pair, "different", "认识")).Value.ShouldBe(PairDecided.KeptApart);
        (await district.Get<PairQueue>().Open(first, pair, TestContext.Current.CancellationToken)).Refusal!.Code.ShouldBe("people.pair.not_found");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Births_decades_apart_contradict_on_the_pairs_page_and_another_spelling_only_differs(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var clerk = SmallDistrict.Clerk();
        var pair = await Suspect(district, clerk, "扎西次仁", "次仁");
        var view = (await district.Get<PairQueue>().Open(clerk, pair, Over)).Value;
        var compared = view.Values.ToDictionary(line => line.Rule.Code);
        new[] { compared["birth"].A!.Value, compared["birth"].B!.Value }.Order(StringComparer.Ordinal).ShouldBe(["1948-01-01", "1990-03-07"]);
        compared["birth"].Contradicts.ShouldBeTrue("1990 and 1948 are two people");
        compared["number"].Contradicts.ShouldBeTrue();
        compared["name"].ShouldSatisfyAllConditions(line => line.Differs.ShouldBeTrue(), line => line.Contradicts.ShouldBeFalse());
        compared["sex"].Differs.ShouldBeFalse();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_decided_a_pair_takes_it_back_the_same_day_and_it_waits_as_before(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (clerk, other) = (SmallDistrict.Clerk(name: "窗口一号"), SmallDistrict.Clerk(name: "窗口二号"));
        foreach (var verdict in new[] { "same", "different", "unsure" })
        {
            var pair = await Suspect(district, clerk, "卓玛", "次仁");
            (await district.Get<DecidePair>().Run(clerk, pair, verdict, "看过户口簿")).Ok.ShouldBeTrue();
            (await district.Get<UndoPair>().Run(other, pair, "x")).Refusal!.Code.ShouldBe("people.pair.undo_late", verdict);
            (await district.Get<UndoPair>().Run(clerk, pair, "当天撤回")).Ok.ShouldBeTrue(verdict);
            (await district.Get<PairQueue>().Open(clerk, pair, TestContext.Current.CancellationToken)).Value.Pair.Verdict.ShouldBeEmpty(verdict);
            district.Store.Read(session => FileRow.Find(session, district.FileOf("次仁"))!.State).ShouldBe("open", verdict);
            await district.Get<PairQueue>().Release(clerk, pair);
        }
        var last = await Suspect(district, clerk, "卓玛", "次仁");
        (await district.Get<DecidePair>().Run(clerk, last, "different", "认识")).Ok.ShouldBeTrue();
        district.Clock.Advance(TimeSpan.FromDays(1));
        (await district.Get<UndoPair>().Run(clerk, last, "x")).Refusal!.Code.ShouldBe("people.pair.undo_late");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_merge_keeps_the_older_id_and_the_other_leads_to_it(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (a, b) = (district.FileOf("卓玛"), district.FileOf("次仁"));
        await Merge(district, a, b);
        var kept = Reconcile.Pair(a, b).Item1;
        var merged = kept == a ? b : a;

        district.Store.Read(session => FileRow.Current(session, merged)!.Id).ShouldBe(kept);
        district.Store.Read(session => FileRow.Find(session, merged)!.State).ShouldBe("merged");
        (await Show(district, kept)).Values.Single(value => value.Rule.Code == "name").Values.Count.ShouldBe(2);
        district.Store.Read(session =>
            session.Scalar<long>("select count(*) from people_finding where file = @merged and state = 'open'", new { merged })).ShouldBe(0);
        district.Store.Read(session =>
            session.Scalar<long>("select count(*) from people_finding where file = @kept and kind = 'number_double' and state = 'open'",
                new { kept })).ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_merge_can_be_undone_after_a_thousand_edits_and_each_lands_on_its_own_person(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (a, b) = (district.FileOf("卓玛"), district.FileOf("次仁"));
        var (rowOfA, rowOfB) = (Row(district, a), Row(district, b));
        await Merge(district, a, b);
        var kept = Reconcile.Pair(a, b).Item1;
        await district.Store.Write(session =>
        {
            for (var i = 0; i < 1000; i++)
                district.Get<StateValue>().Keep(session, i % 2 == 0 ? rowOfA : rowOfB, new Stating("phone", "", "visit", "", ""),
                    $"1380000{i:0000}", "clerk", SmallDistrict.Clerk(),
                    district.Clock.GetUtcNow().AddSeconds(i));
            district.Get<RenewFiles>().Run(session, kept);
        });

        district.Clock.Advance(TimeSpan.FromDays(3));
        (await district.Get<ChangeRows>().Undo(SmallDistrict.Clerk(), kept, Act(district, "merged"), "看错了")).Ok.ShouldBeTrue();
        foreach (var (file, parity, name) in new[] { (a, 0, "卓玛"), (b, 1, "次仁") })
        {
            var view = await Show(district, file);
            view.File.State.ShouldBe("open");
            view.Values.Single(value => value.Rule.Code == "name").Value.ShouldBe(name);
            var phones = view.Values.Single(value => value.Rule.Code == "phone").Values.SelectMany(value => value.Claims)
                .Where(claim => claim.Statement is not null).ToList();
            phones.Count.ShouldBe(500);
            phones.ShouldAllBe(claim => int.Parse(claim.Value.Substring(7), null) % 2 == parity);
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_split_gives_the_chosen_rows_a_file_of_their_own_and_can_be_undone(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var roll = (await Show(district, tashi)).Rows.Single(row => row.Source == "参保人员").Lineage;
        (await district.Get<ChangeRows>().Split(SmallDistrict.Clerk(), tashi, [], "看错了")).Refusal!.Code.ShouldBe("people.split.rows");

        var fresh = (await district.Get<ChangeRows>().Split(SmallDistrict.Clerk(), tashi, [roll], "同号不同人")).Value;
        (await Show(district, fresh)).Rows.ShouldHaveSingleItem().Source.ShouldBe("参保人员");
        (await Show(district, tashi)).Insurance.ShouldBeEmpty();
        (await Show(district, tashi)).Findings.Select(finding => finding.Kind).ShouldContain("number_shared");

        (await district.Get<ChangeRows>().Undo(SmallDistrict.Clerk(), tashi, Act(district, "split"), "原来是同一人")).Ok.ShouldBeTrue();
        (await Show(district, tashi)).Insurance.Count.ShouldBe(1);
        district.Store.Read(session => FileRow.Current(session, fresh)!.Id).ShouldBe(tashi);
        (await district.Get<ChangeRows>()
            .Undo(SmallDistrict.Clerk(), tashi, Act(district, "split"), "再来")).Refusal!.Code.ShouldBe("people.act.stale");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Undoing_an_early_act_leaves_later_acts_on_other_rows_alone(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (a, b, c) = (district.FileOf("卓玛"), district.FileOf("次仁"), district.FileOf("丹增"));
        await Merge(district, a, b);
        var first = Act(district, "merged");
        var kept = Reconcile.Pair(a, b).Item1;
        await Merge(district, kept, c);
        var home = district.Store.Read(session => FileRow.Current(session, a)!.Id);

        (await district.Get<ChangeRows>().Undo(SmallDistrict.Clerk(), kept, first, "看错了")).Ok.ShouldBeTrue();
        var names = new[] { a, b, c }.Select(file => district.Store.Read(session => FileRow.Current(session, file)!))
            .DistinctBy(file => file.Id).Select(file => file.Id).ToList();
        names.Count.ShouldBe(2);
        district.FileOf(kept == a ? "次仁" : "卓玛").ShouldBe(kept == a ? b : a);
        district.Store.Read(session => session.Scalar<long>("select count(distinct file) from people_member where lineage in (@x, @y)",
            new { x = Row(district, kept), y = Row(district, c) })).ShouldBe(1);
        home.ShouldNotBe(default);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_insured_files_are_merged_only_when_a_second_person_confirms(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var clerk = SmallDistrict.Clerk();
        var (a, b) = (district.FileOf("洛桑"), district.FileOf("罗桑"));
        var pair = await Suspect(district, clerk, a, b);
        await district.Get<PairQueue>().Open(clerk, pair, TestContext.Current.CancellationToken);
        (await district.Get<DecidePair>().Run(clerk, pair, "same", "本人来过")).Value.ShouldBe(PairDecided.AwaitsSecond);
        district.Store.Read(session => FileRow.Find(session, b)!.State).ShouldBe("open");

        var both = clerk with { Grants = [.. clerk.Grants, new Grant(Role.Supervisor, new Scope(SmallDistrict.District), DateOnly.MinValue, null)] };
        (await district.Get<DecidePair>().Confirm(both, pair, true)).Refusal!.Code.ShouldBe("people.pair.own_work.denied");
        (await district.Get<DecidePair>().Confirm(SmallDistrict.Supervisor(), pair, true)).Value.ShouldBe(PairDecided.Merged);
        district.Store.Read(session => FileRow.Current(session, b)!.Id).ShouldBe(district.Store.Read(session => FileRow.Current(session, a)!.Id));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_decision_binds_the_next_months_matching(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (a, b) = (district.FileOf("卓玛"), district.FileOf("次仁"));
        await Merge(district, a, b);
        district.Clock.Advance(TimeSpan.FromDays(30));
        await district.TakeNext("202611", MadeUp.JiriDoor);
        district.Store.Read(session => FileRow.Current(session, a)!.Id).ShouldBe(district.Store.Read(session => FileRow.Current(session, b)!.Id));
        district.Store.Read(session => session.Scalar<long>("select count(distinct file) from people_member where lineage in (@x, @y)",
            new { x = Row(district, a), y = Row(district, b) })).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Rows_that_a_clerk_took_apart_stay_apart_when_the_next_months_lists_come(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var roll = (await Show(district, tashi)).Rows.Single(row => row.Source == "参保人员").Lineage;
        var fresh = (await district.Get<ChangeRows>().Split(SmallDistrict.Clerk(), tashi, [roll], "同号不同人")).Value;
        district.Clock.Advance(TimeSpan.FromDays(30));
        await district.TakeNext("202611", MadeUp.JiriDoor);
        district.Store.Read(session => session.Scalar<string>("select state from people_file where id = @fresh", new { fresh })).ShouldBe("open");
        district.Store.Read(session => session.Query<PersonId>("select file from people_member where lineage = @roll", new { roll }))
            .ShouldHaveSingleItem().ShouldBe(fresh);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_is_called_absent_while_a_ledger_row_of_nobody_may_be_theirs(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (drolma, clerk) = (district.FileOf("卓玛"), SmallDistrict.Clerk());
        var tsering = district.FileOf("次仁");
        var ledger = (await Show(district, tsering)).Rows.Single(row => row.Source == "网格台账").Lineage;
        var nobodys = (await district.Get<ChangeRows>().Split(clerk, tsering, [ledger], "同名不同人")).Value;
        long Open() => district.Store.Read(session => session.Scalar<long>(
            "select count(*) from people_finding where file = @drolma and kind = 'empty_registration' and state = 'open'", new { drolma }));
        Task Renew() => district.Store.Write(session => district.Get<RenewFiles>().Run(session, drolma));
        Open().ShouldBe(1);

        var pair = await Suspect(district, clerk, drolma, nobodys);
        await Renew();
        Open().ShouldBe(0);
        (await district.Get<PairQueue>().Open(clerk, pair, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();
        (await district.Get<DecidePair>().Run(clerk, pair, "unsure", "")).Ok.ShouldBeTrue();
        Open().ShouldBe(1);
        (await district.Get<PairQueue>().Open(clerk, pair, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();
        (await district.Get<DecidePair>().Run(clerk, pair, "different", "认识")).Ok.ShouldBeTrue();
        Open().ShouldBe(1);
    }

    private static async Task<long> Suspect(SmallDistrict district, Actor actor, string a, string b) =>
        await Suspect(district, actor, district.FileOf(a), district.FileOf(b));

    private static async Task<long> Suspect(SmallDistrict district, Actor actor, PersonId a, PersonId b) =>
        (await district.Get<PairQueue>().Suspect(actor, a, b)).Value;

    private static async Task Merge(SmallDistrict district, PersonId a, PersonId b)
    {
        var clerk = SmallDistrict.Clerk();
        var pair = await Suspect(district, clerk, a, b);
        (await district.Get<PairQueue>().Open(clerk, pair, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();
        (await district.Get<DecidePair>().Run(clerk, pair, "same", "看过户口簿")).Value.ShouldBe(PairDecided.Merged);
    }

    private static long Row(SmallDistrict district, PersonId file) =>
        district.Store.Read(session => session.Scalar<long>("select coalesce(min(lineage), 0) from people_member where file = @file", new { file }));

    private static long Act(SmallDistrict district, string kind) =>
        district.Store.Read(session => session.Scalar<long>("select max(id) from people_act where kind = @kind", new { kind }));

    private static async Task<FileView> Show(SmallDistrict district, PersonId file) =>
        (await district.Get<ShowFile>().Run(SmallDistrict.Clerk(), PeoplePermissions.View, file, new FileQuestion("counter"), Over)).Value;
}
