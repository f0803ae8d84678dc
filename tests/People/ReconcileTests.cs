using Legwork.Kernel;
using Legwork.People.Matching;
using Legwork.People.Records;
using Record = Legwork.People.Records.Record;

namespace Legwork.People.Tests;

public class ReconcileTests
{
    private static readonly PersonId Old = PersonId.New();
    private static readonly PersonId Young = new(Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(1)));
    private static readonly HashSet<(PersonId, PersonId)> Nothing = [];

    [Fact]
    public void A_group_keeps_the_oldest_file_among_its_rows()
    {
        var plan = Reconcile.Run([Row(1, Young), Row(2, Old), Row(3, null)], [0, 0, 0], Nothing);
        plan.FileOf.ShouldAllBe(file => file == Old);
        plan.Moves.ShouldBe([new Move(1, Young, Old)]);
        plan.Opened.ShouldBeEmpty();
    }

    [Fact]
    public void Joining_two_files_that_are_both_insured_waits_for_a_person()
    {
        var plan = Reconcile.Run([Row(1, Old, insured: true), Row(2, Young, insured: true)], [0, 0], Nothing);
        plan.FileOf.ShouldBe([Old, Young]);
        plan.Moves.ShouldBeEmpty();
        plan.Waiting.ShouldHaveSingleItem().Why.ShouldBe("both_insured");
        Reconcile.Run([Row(1, Old, insured: true), Row(2, Young, insured: true)], [0, 0],
            new HashSet<(PersonId, PersonId)> { Reconcile.Pair(Old, Young) })
            .FileOf.ShouldBe([Old, Old], "a person has decided");
    }

    [Fact]
    public void When_a_file_falls_apart_its_id_stays_with_most_of_its_rows_and_is_given_to_nobody_else()
    {
        var plan = Reconcile.Run([Row(1, Old), Row(2, Old), Row(3, Old)], [0, 1, 1], Nothing);
        plan.FileOf[1].ShouldBe(Old);
        plan.FileOf[2].ShouldBe(Old);
        plan.FileOf[0].ShouldNotBe(Old);
        plan.Opened.ShouldBe([plan.FileOf[0]]);
    }

    private static Record Row(long lineage, PersonId? file, bool insured = false) =>
        new() { Lineage = lineage, Source = insured ? Sources.Roll : Sources.Household, Status = insured ? "active" : null, File = file };
}
