using Legwork.Cases.Contracts;
using Legwork.Cases.Rules;
using Legwork.People.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

public class CaseRulesTests
{
    [Theory]
    [InlineData("dup_file")]
    [InlineData("dup_insured")]
    [InlineData("insured_elsewhere")]
    [InlineData("dead_insured")]
    [InlineData("newborn_uninsured")]
    [InlineData("student_uninsured")]
    [InlineData("empty_registration")]
    [InlineData("separated")]
    [InlineData("number_shared")]
    [InlineData("number_double")]
    [InlineData("number_typo")]
    [InlineData("birth_conflict")]
    [InlineData("cancelled_insured")]
    [InlineData("left_insured")]
    public void Every_kind_of_finding_has_a_question_and_ends_in_the_statutory_order(string kind)
    {
        var rules = Office.TheRules[kind];
        rules.Stages.Select(stage => stage.Way).ShouldBe(rules.Stages.Select(stage => stage.Way).Order());
        rules.Question.Zh.ShouldContain("{name}");
        rules.Question.Bo.ShouldContain("{name}");
        rules.Question.En.ShouldContain("{name}");
        rules.Cites.ShouldNotBeEmpty();
        // Whoever is asked may refuse or cannot be found; the case still ends.
        rules.Answers.Any(answer => answer.Result is CaseResults.Refused or CaseResults.NoContact or CaseResults.EmptyConfirmed).ShouldBeTrue();
    }

    [Fact]
    public void What_may_end_an_entitlement_always_takes_evidence_and_a_supervisor()
    {
        var grave = Office.TheRules.Kinds.SelectMany(kind => kind.Answers)
            .Where(answer => CaseResults.Kinds.Any(kind => kind.MayEndEntitlement && kind.Code == answer.Result)).ToList();
        grave.ShouldNotBeEmpty();
        grave.ShouldAllBe(answer => answer.Evidence.AtLeast >= 1 && answer.VerifiedBy.SetEquals(new[] { Role.Supervisor }));
        var empty = Office.TheRules["empty_registration"].Answer("nobody_lives_here")!;
        empty.Evidence.AtLeast.ShouldBe(2);
        empty.VerifiedBy.ShouldBe([Role.Supervisor]);
    }

    [Theory]
    [InlineData("asks: [date], evidence: { of: [document, signature, photo], at_least: 1 }, verified_by: [supervisor]",
        "asks: [date], evidence: { of: [document, signature, photo], at_least: 1 }, verified_by: [clerk]", "needs evidence and a supervisor")]
    [InlineData("asks: [date], evidence: { of: [document, signature, photo], at_least: 1 }, verified_by: [supervisor]",
        "asks: [date], verified_by: [supervisor]", "needs evidence and a supervisor")]
    [InlineData("of: [attempts, photo, document, signature], at_least: 2", "of: [attempts, photo, document, signature], at_least: 1",
        "kinds of evidence and a supervisor: 2")]
    [InlineData("of: [attempts, photo, document, signature], at_least: 2", "of: [attempts], at_least: 2", "more kinds")]
    [InlineData("stages: [call, visit]", "stages: [visit, call]", "data come first")]
    [InlineData("result: lives_here", "result: lives_there", "lives_there")]
    [InlineData("hands_over: true, asks: [place]", "hands_over: true", "asks for the place")]
    [InlineData("due: 20 working_days", "due: soon", "due")]
    [InlineData("priority: normal", "priorty: normal", "priority")]
    [InlineData("verified_by: [clerk, supervisor] }", "verified_by: [clerk, supervisor], verifyed: x }", "verifyed")]
    [InlineData("day: [grid_worker], verify", "day: [clerk], verify", "in nobody's sight")]
    [InlineData("verify: [clerk, supervisor]", "verify: [supervisor]", "a role that verifies")]
    [InlineData("steer: [supervisor]", "steer: [foreman]", "no module declares the role 'foreman'")]
    [InlineData("at: door", "at: roof", "'roof' is none of")]
    [InlineData("read_for: case_call", "read_for: case_calling", "not on the list of purposes")]
    [InlineData("desk: case_handling", "desk: counter", "may not read for 'counter'")]
    [InlineData("bo: འདིར་སྡོད་ཀྱི་ཡོད།, ", "", "bo")]
    public void A_rules_file_that_would_harm_is_refused_with_the_entry_named(string right, string wrong, string named)
    {
        var folder = Directory.CreateTempSubdirectory("legwork-rules-").FullName;
        var text = File.ReadAllText(Repository.In("rules", "cases", "people.yaml"));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        File.WriteAllText(Path.Combine(folder, "people.yaml"), text[..at] + wrong + text[(at + right.Length)..]);
        try
        {
            Should.Throw<FormatException>(() => CaseRules.Load(folder, CaseResults.Kinds, Office.TheAccess)).Message.ShouldContain(named);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_kind_stands_in_one_file_and_a_result_means_one_thing()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-rules-").FullName;
        var text = File.ReadAllText(Repository.In("rules", "cases", "people.yaml"));
        File.WriteAllText(Path.Combine(folder, "one.yaml"), text);
        CaseRules.Load(folder, CaseResults.Kinds).Groups.ShouldHaveSingleItem();
        Should.Throw<FormatException>(
            () => CaseRules.Load(folder, CaseResults.Kinds.Append(new CaseResultKind("dead")))).Message.ShouldContain("mean different things");
        File.WriteAllText(Path.Combine(folder, "two.yaml"), text);
        Should.Throw<FormatException>(() => CaseRules.Load(folder, CaseResults.Kinds)).Message
            .ShouldContain("another file describes this kind already");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_wording_fills_its_words_once_and_shows_what_is_unknown()
    {
        var wording = new Wording("{name}在{place}", "{name}", "{name} at {place}, {", false);
        wording.In("en", word => word == "name" ? "{place}" : null).ShouldBe("{place} at …, {");
        wording.In("zh-CN", word => word).ShouldBe("name在place");
        wording.In("bo").ShouldBe("{name}");
    }
}
