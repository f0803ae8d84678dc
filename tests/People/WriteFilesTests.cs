using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Pairs;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>A file is written anew when anything that it shows is other than it was, and leads elsewhere only by an act that holds.</summary>
public class WriteFilesTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_file_without_rows_leads_nowhere_by_a_merger_that_was_undone(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var (kept, emptied) = Reconcile.Pair(district.FileOf("扎西次仁"), district.FileOf("丹增"));
        var (clerk, rows, other) = (SmallDistrict.Clerk(), district.Get<MoveRows>(), default(PersonId));
        await district.Store.Write(session =>
        {
            rows.Undo(session, clerk, rows.Merge(session, clerk, kept, emptied, "看过户口簿"), "看错了").Ok.ShouldBeTrue();
            // One of its rows is another person's: that one went by a split, and the merger moved it too.
            other = rows.Split(session, clerk, emptied, [Rows(session, emptied)[^1]], "同号不同人").Value;
        });
        await EndRows(district, emptied);
        Standing(district, emptied).ShouldBe(("open", emptied), "two people were told apart, and one of them is in no list any more");
        Standing(district, other).ShouldBe(("open", other));

        await district.Store.Write(session => rows.Merge(session, clerk, kept, emptied, "还是同一人"));
        Standing(district, emptied).ShouldBe(("merged", kept), "a merger that holds leads on");
    }

    [Fact]
    public async Task Whatever_a_file_shows_changes_it_and_what_it_does_not_show_leaves_it()
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var write = district.Get<WriteFiles>();
        var file = new Summary(PersonId.New(), "扎西", "བཀྲ་ཤིས།", Sex.Male, VagueDate.Parse("1990-03-07"), MadeUp.Tashi, MadeUp.BakuoGrid,
            MadeUp.JiriGrid, MadeUp.JiriDoor, "310", "H1", ["扎西"], Reachable: true);
        var stood = new StoodFile(file.File, "open", write.Decide(null, file).Digest);
        Summary[] others =
        [
            file with { Name = "扎西次仁" }, file with { NameBo = "" }, file with { Sex = Sex.Female }, file with { Birth = VagueDate.Parse("1990-03") },
            file with { Number = MadeUp.Drolma }, file with { Number = null }, file with { Registered = "" }, file with { Lives = MadeUp.BakuoGrid },
            file with { Dwelling = MadeUp.OtherDoor }, file with { Insured = "" }, file with { Insured = "390" }, file with { Household = "H2" },
        ];
        foreach (var other in others) write.Decide(stood, other).Step.ShouldBe(FileStep.Change, $"{other}");
        others.Select(other => write.Decide(null, other).Digest).Distinct().Count().ShouldBe(others.Length);
        write.Decide(stood, file with { Names = ["扎西", "བཀྲ་ཤིས།"], Reachable = false }).Step.ShouldBe(FileStep.Leave);
    }

    private static Task EndRows(SmallDistrict district, PersonId file) => district.Store.Write(session =>
    {
        session.Execute("""
            update people_record set ended_by = (select max(id) from people_import where state = 'taken')
            where ended_by is null and lineage in (select lineage from people_member where file = @file)
            """, new { file });
        district.Get<RenewFiles>().Run(session, file);
    });

    private static List<long> Rows(Session session, PersonId file) =>
        session.Query<long>("select lineage from people_member where file = @file order by lineage", new { file });

    private static (string State, PersonId Current) Standing(SmallDistrict district, PersonId file) =>
        district.Store.Read(session => (FileRow.Find(session, file)!.State, FileRow.Current(session, file)!.Id));
}
