using Legwork.Schedules.National;

namespace Legwork.Schedules.Tests.National;

public class RefusalTests
{
    [Theory]
    [InlineData("hepb.yaml", "age: 1 month", "age: 1 moon", "'1 moon' is no length of time")]
    [InlineData("hepb.yaml", "vaccine: HepB", "vaccine: HepC", "vaccines.yaml has no 'HepC'")]
    [InlineData("hepb.yaml", "at least 28 days from dose 1", "28 days or so", "write it as")]
    [InlineData("hepb.yaml", "at least 60 days from dose 2", "at least 60 days from dose 7", "no dose 7")]
    [InlineData("hepb.yaml", "complete_before: 12 months", "complete_befor: 12 months", "'complete_befor' is not known here")]
    [InlineData("hepb.yaml", "confidence: M", "confidence: B", "H, M or L")]
    [InlineData("hepb.yaml", "        why: { zh: \"间隔出自一份转录\"", "        source: { zh: \"间隔出自一份转录\"", "M and L say why")]
    [InlineData("hepb.yaml", "row: HepB-2", "row: HepB-1", "stands twice")]
    [InlineData("hepb.yaml", "dose: 3", "dose: 5", "numbered without a gap")]
    [InlineData("hepb.yaml", "sources: [S1, S2]", "sources: [S1, S9]", "names no source 'S9'")]
    [InlineData("hepb.yaml", "effective: 2026-06-17", "effective: lately", "a day, a month or a year")]
    [InlineData("hepb.yaml", "[hepb-no-response]", "[no-such-state]", "states.yaml has no 'no-such-state'")]
    [InlineData("polio.yaml", "counted IPV DTaP-IPV-Hib under 3", "IPV fewer than 3", "write it as")]
    [InlineData("general.yaml", "at_least: 28 days", "at_least: [28, days]", "a text belongs here")]
    [InlineData("bcg.yaml", "courses:", "courses: {", "")]
    public void What_is_not_understood_is_refused_with_file_and_line(string file, string was, string becomes, string reason)
    {
        var files = NationalReader.Files(WorkedCaseTests.Folder("cn-2026"));
        NationalReader.Read(files).Id.ShouldBe("cn-2026");
        files[file].ShouldContain(was);
        var at = files[file].IndexOf(was, StringComparison.Ordinal);
        var line = files[file][..at].Count(letter => letter == '\n') + 1;
        files[file] = string.Concat(files[file].AsSpan(0, at), becomes, files[file].AsSpan(at + was.Length));
        var refused = Should.Throw<RuleFileException>(() => NationalReader.Read(files));
        refused.File.ShouldBe(file);
        refused.Message.ShouldContain(reason);
        // A missing value is told at its entry, everything else on its own line.
        if (!becomes.Contains("source:", StringComparison.Ordinal) && reason.Length > 0) refused.Line.ShouldBeInRange(line - 4, line + 1);
    }

    [Fact]
    public void A_folder_without_its_general_part_is_refused()
    {
        var files = NationalReader.Files(WorkedCaseTests.Folder("cn-2026"));
        files.Remove("general.yaml");
        Should.Throw<RuleFileException>(() => NationalReader.Read(files)).Reason.ShouldBe("is missing");
        Should.Throw<RuleFileException>(() => NationalRules.Read("/nowhere")).Reason.ShouldBe("there is no such folder");
    }
}
