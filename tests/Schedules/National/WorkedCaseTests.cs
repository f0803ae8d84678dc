using Legwork.Schedules.National;
using Legwork.Support;

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
}
