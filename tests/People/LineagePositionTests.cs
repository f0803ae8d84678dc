using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Tests;

public class LineagePositionTests
{
    private static readonly DateTimeOffset Day1 = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PersonId A = PersonId.New(), B = PersonId.New(), C = PersonId.New();

    [Fact]
    public void A_row_that_no_act_touched_stays_where_it_is() => LineagePosition.Of([], Day1, A).ShouldBe(A);

    [Fact]
    public void A_row_stands_where_the_acts_that_hold_carried_it_and_as_known_before_them_where_it_was()
    {
        LineageMove[] moves = [Move(1, B, A), Move(2, A, C)];
        LineagePosition.Of(moves, Day1.AddDays(9), B).ShouldBe(C);
        LineagePosition.Of(moves, Day1.AddHours(12), B).ShouldBe(A);
        LineagePosition.Of(moves, Day1.AddDays(-1), C).ShouldBe(B);
    }

    [Fact]
    public void A_later_act_that_carried_a_row_only_because_of_an_undone_one_lets_it_go_with_it()
    {
        LineageMove[] moves = [Move(1, B, A) with { UndoneAt = Day1.AddDays(5) }, Move(2, A, C)];
        LineagePosition.Of(moves, Day1.AddDays(9), C).ShouldBe(B);
        LineagePosition.Of(moves, Day1.AddDays(4), C).ShouldBe(C);
    }

    [Fact]
    public void Undoing_a_later_act_leaves_the_earlier_one_in_force() =>
        LineagePosition.Of([Move(1, B, A), Move(2, A, C) with { UndoneAt = Day1.AddDays(5) }], Day1.AddDays(9), C).ShouldBe(A);

    private static LineageMove Move(long act, PersonId from, PersonId to) => new(act, "merged", Day1.AddDays(act - 1), null, 7, from, to, "", "");
}
