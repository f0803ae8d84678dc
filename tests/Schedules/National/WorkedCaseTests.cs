using Legwork.Schedules.National;

namespace Legwork.Schedules.Tests.National;

public class WorkedCaseTests
{
    internal static string Folder(string rules) => Path.Combine(Repository.Root, "rules", "immunization", rules);

    [Theory]
    [InlineData("cn-2026")]
    [InlineData("cn-2021")]
    public void The_engine_answers_every_worked_case_as_the_text_does(string rules)
    {
        var book = NationalRules.Read(Folder(rules));
        var cases = WorkedCases.Read(Folder(rules), book);
        cases.Count.ShouldBeGreaterThan(400);
        WorkedCases.Check(book, cases).Select(missed => missed.ToString()).ToList().ShouldBeEmpty();
    }

    /// <summary>What a parent reads on the page stands in Tibetan too; a Chinese sentence in its place would pass unnoticed.</summary>
    [Theory]
    [InlineData("cn-2026")]
    [InlineData("cn-2021")]
    public void Every_text_of_the_rules_stands_in_tibetan(string rules)
    {
        var book = NationalRules.Read(Folder(rules));
        var courses = book.Programmes.SelectMany(programme => programme.Courses).ToList();
        var rows = courses.SelectMany(course => course.Rows).ToList();
        List<LocalText?> texts =
        [
            book.Title, book.LiveInjected.Text, .. book.AfterImmunoglobulin.Select(rule => rule.Text),
            .. book.Principles.Select(principle => principle.Text), .. book.Principles.Select(principle => principle.Standing.Why),
            .. book.Vaccines.Select(vaccine => vaccine.Name),
            .. book.States.SelectMany(state => new[] { state.Name, state.Text, state.Standing.Why }),
            .. book.Programmes.Select(programme => programme.Name),
            .. book.Programmes.SelectMany(programme => programme.Places).Select(place => place.Standing.Why),
            .. courses.SelectMany(course => new[] { course.Name, course.Ends.Standing.Why }),
            .. rows.SelectMany(row => new[] { row.Note, row.Standing.Why, row.EarlierAge?.Standing.Why }),
        ];
        texts.Count(text => text is not null).ShouldBeGreaterThan(100);
        texts.OfType<LocalText>().Where(text => !text.Bo.Any(letter => letter is >= '\u0f00' and <= '\u0fff')).ShouldBeEmpty();
    }
}
