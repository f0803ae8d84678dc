using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Records;
using Legwork.People.Registers;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Tests;

public class ImportTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_same_folder_twice_changes_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var before = Counts(district);
        var again = await district.Take("202610");
        again.Files.Where(file => file.Source != "地址").ShouldAllBe(file => file.Verdict == Verdict.AlreadyTaken);
        Counts(district).ShouldBe(before);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Next_months_lists_update_the_files_and_undoing_brings_the_month_back(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (before, file) = (Counts(district), district.FileOf("卓玛"));
        MadeUp.Write(district.In("202611"), "202611", drolma: "卓玛央金");
        var taken = (await district.Take("202611")).Files.Single(list => list.Source == "户籍人口");
        taken.Changed.ShouldBe(2);
        taken.Ended.ShouldBe(0);
        district.FileOf("卓玛央金").ShouldBe(file);

        (await district.Get<IRegisters>().Undo(taken.Import, SmallDistrict.Clerk())).Ok.ShouldBeTrue();
        district.FileOf("卓玛").ShouldBe(file);
        Counts(district).Files.ShouldBe(before.Files);
        (await district.Get<IRegisters>().Undo(taken.Import, SmallDistrict.Clerk())).Refusal!.Code.ShouldBe("people.import.not_taken");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task While_another_node_takes_lists_in_none_is_taken_back(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var import = district.Store.Read(s => s.Scalar<long>("select max(id) from people_import where source = '网格台账'"));
        await using (await district.Get<Leases>().Take(TakeFolder.LeaseName))
            (await district.Get<IRegisters>().Undo(import, SmallDistrict.Clerk())).Refusal!.Code.ShouldBe("people.import.held");
        district.Store.Read(s => s.Single<string>("select state from people_import where id = @import", new { import })).ShouldBe("taken");
        (await district.Get<IRegisters>().Undo(import, SmallDistrict.Clerk())).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_full_list_that_is_damaged_is_refused_whole_and_cancels_nobody(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var before = Counts(district);
        Directory.CreateDirectory(district.In("bad"));
        var path = Path.Combine(district.In("bad"), "参保人员_202611.csv");
        File.WriteAllText(path, "个人编号,姓名,证件类型,证件号码,性别,出生日期,险种,参保状态,参保日期,单位或村居,联系电话,居住地址,缴费年度\nP1,,01,,1,1990-03-07,310,1,2015-01-01,x,,y,2026\n");
        var taken = await district.Get<IRegisters>().TakeFolder(district.In("bad"), Actor.System);
        taken.AllTaken.ShouldBeFalse();
        taken.Files.Single().Refusals.ShouldContain(fault => fault.Code == "registers.missing_required" && fault.Rows.Contains(1));
        Counts(district).ShouldBe(before);
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_refused_file")).ShouldBeGreaterThan(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_killed_import_left_behind_is_seen_by_nobody_and_swept(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var before = Counts(district);
        await district.Store.Write(s =>
        {
            s.Execute("insert into people_import (id, source, file_name, period, list, state, bytes_digest, rows_digest, at, account) "
                + "values (999, '户籍人口', 'x', '2026-11', 'full', 'taking', '', '', 0, @none)", new { none = Guid.Empty });
            s.Execute("insert into people_record (id, lineage, import, source, row_key, digest, body) "
                + "values (99999, 99999, 999, '户籍人口', @key, @key, '{\"name\":\"某人\"}')", new { key = new byte[16] });
        });
        MadeUp.Write(district.In("202611"), "202611", drolma: "卓玛央金");
        await district.Take("202611");
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_record where import = 999")).ShouldBe(0);
        Counts(district).Files.ShouldBe(before.Files);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_process_killed_between_the_lists_and_the_files_is_caught_up_with_by_the_next_import(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        (await district.Take("202610")).Updated.ShouldBeNull("nothing is due");
        await district.Store.Write(
            s => s.Execute("delete from people_updated; delete from people_alias where name = '卓玛'; delete from people_name "
                + "where name = '卓玛' and token <> '卓玛'"));
        (await district.Take("202610")).Updated.ShouldNotBeNull();
        district.FileOf("卓玛").ShouldNotBe(default);
        district.Store.Read(s => s.Query<string>("select token from people_name where name = '卓玛'")).ShouldContain("zhuoma");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_file_whose_rows_had_moved_when_the_update_was_killed_leads_there_after_the_next(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (from, into) = (district.FileOf("卓玛"), district.FileOf("次仁"));
        var before = Counts(district);
        await district.Store.Write(s => s.Execute("""
            insert into people_act (id, kind, at, account, reason) values (999, 'matched', 1, @nobody, 'import');
            insert into people_move (act, lineage, from_file, to_file) select 999, lineage, file, @into from people_member where file = @from;
            update people_member set file = @into where file = @from;
            insert into people_decision (lineage_a, lineage_b, verdict, act)
                select m.lineage, o.lineage, 'same', 999 from people_move m
                join people_member o on o.file = @into and o.lineage <> m.lineage where m.act = 999
            """, new { from, into, nobody = Guid.Empty }));
        await district.Get<UpdateFiles>().Run();

        district.Store.Read(s => FileRow.Find(s, from)!.State).ShouldBe("merged", "nobody is found under a file without rows");
        district.Store.Read(s => FileRow.Current(s, from)!.Id).ShouldBe(into);
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_alias where file = @from", new { from })).ShouldBe(0);
        district.Store.Read(s => FileRow.Find(s, into)!.State).ShouldBe("open");
        Counts(district).Files.ShouldBe(before.Files - 1, "nobody else's file is touched");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_list_that_was_killed_while_it_ended_rows_has_ended_none_and_leaves_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var before = Counts(district);
        var killed = district.Store.Read(s => s.Scalar<long>("select max(id) + 1 from people_import"));
        await district.Store.Write(s =>
        {
            s.Execute("""
                insert into people_import (id, source, file_name, period, list, state, bytes_digest, rows_digest, at, account)
                select @killed, source, 'killed.csv', period, list, 'taking', 'x', 'x', at, account from people_import where id = 1
                """, new { killed });
            s.Execute("update people_record set ended_by = @killed", new { killed });
            s.Execute("insert into people_row (import, row, record) select @killed, id, id from people_record", new { killed });
        });
        Counts(district).ShouldBe(before, "a list that is being taken ends nobody's row");

        await using var lease = await district.Get<Leases>().Take(TakeFolder.LeaseName);
        await district.Get<TakeFile>().Sweep(lease!);
        Counts(district).ShouldBe(before);
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_record where ended_by is not null"))
            .ShouldBe(0, "its number is given again");
        district.Store.Read(s => s.Scalar<long>("select count(*) from people_row where import = @killed", new { killed })).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task No_resident_number_lies_in_the_clear_in_any_table(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        district.Store.Read(s => s.Query<string>("select body from people_record"))
            .ShouldAllBe(body => !body.Contains(MadeUp.Tashi) && !body.Contains(MadeUp.Drolma));
        district.Store.Read(s => s.Query<string>("select args from people_finding")).ShouldAllBe(args => !args.Contains(MadeUp.Lobsang));
    }

    [Fact]
    public async Task A_folder_of_grids_alone_is_told_with_its_overlaps_and_addresses_that_do_not_fit_are_refused_in_words()
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        Directory.CreateDirectory(district.In("map"));
        File.WriteAllText(Path.Combine(district.In("map"), "网格.geojson"), """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"540102002009-G01"},
             "geometry":{"type":"Polygon","coordinates":[[[91.2,29.6],[91.3,29.6],[91.3,29.7],[91.2,29.6]]]}},
            {"type":"Feature","properties":{"code":"540102002009-G02"},
             "geometry":{"type":"Polygon","coordinates":[[[91.2,29.6],[91.3,29.6],[91.3,29.7],[91.2,29.6]]]}}]}
            """);
        var taken = await district.Get<IRegisters>().TakeFolder(district.In("map"), Actor.System);
        taken.AllTaken.ShouldBeTrue();
        var grids = taken.Grids.ShouldHaveSingleItem();
        grids.Count.ShouldBe(2);
        grids.Notes.ShouldContain(note => note.Contains("overlap by 100"));

        File.WriteAllText(Path.Combine(district.In("map"), "地址.csv"), $"地址,网格编号\n{MadeUp.BakuoDoor},540102002009-G77\n");
        var refused = (await district.Get<IRegisters>().TakeFolder(district.In("map"), Actor.System)).Files.ShouldHaveSingleItem();
        refused.Refusals.ShouldHaveSingleItem().Sentence("zh-CN").ShouldContain("G77");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_file_that_no_layout_knows_is_refused_and_a_note_is_passed_over(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        Directory.CreateDirectory(district.In("other"));
        File.WriteAllText(Path.Combine(district.In("other"), "低保名单_202610.csv"), "姓名\n扎西\n");
        File.WriteAllText(Path.Combine(district.In("other"), "说明.txt"), "hello");
        var taken = await district.Get<IRegisters>().TakeFolder(district.In("other"), Actor.System);
        taken.Refused.Single().Refusal.Code.ShouldBe("people.import.unknown_list");
        taken.Passed.ShouldBe(["说明.txt"]);
    }

    private static (long Files, long Records, long Open) Counts(SmallDistrict district) => district.Store.Read(s => (
        s.Scalar<long>("select count(*) from people_file where state = 'open'"),
        s.Scalar<long>("select count(*) from people_record r join people_import i on i.id = r.import where i.state = 'taken' "
            + $"and {LiveRecords.NotEnded}"),
        s.Scalar<long>("select count(*) from people_finding where state = 'open'")));
}
