using System.Security.Cryptography;
using Legwork.Kernel;

namespace Legwork.Demo.Tests;

public class DemoDistrictTests(SmallDistrict district)
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_other_people()
    {
        var options = new DemoOptions { Insured = 300, Grids = 12, Seed = 1 };

        var first = Digest(options);

        Digest(options).ShouldBe(first);
        Digest(options with { Seed = 2 }).ShouldNotBe(first);
    }

    [Fact]
    public void The_stated_findings_hold_over_the_files_as_written()
    {
        using var reader = new StreamReader(Path.Combine(district.TruthFolder, TruthFiles.FindingsName));
        var stated = RegisterFile.Split(reader, ',').Skip(1)
            .Select(cells => new Finding(cells[0], int.Parse(cells[1]), cells[2], int.Parse(cells[3]) - 1)).ToList();

        var found = FindingDefinitions.Evaluate(district.Read(), district.Persons());

        found.ShouldBe(stated);
        stated.Select(finding => finding.Kind).Distinct().ShouldBe(FindingDefinitions.Kinds, ignoreOrder: true);
    }

    [Fact]
    public void Every_kind_of_error_is_written_somewhere() =>
        district.Summary.Errors.Where(error => error.Value == 0).ShouldBeEmpty();

    [Fact]
    public void As_many_persons_stand_in_the_roll_as_were_asked_for()
    {
        var persons = district.Persons();
        var roll = district.Read()[Layouts.Insurance];

        Enumerable.Range(0, roll.Rows.Count).Select(row => persons[roll.Source, row]).Distinct().Count().ShouldBe(SmallDistrict.Options.Insured);
    }

    [Fact]
    public void An_error_held_out_disappears_and_leaves_the_others_where_they_were()
    {
        var all = Summary(new DemoOptions { Insured = 1500, Grids = 12 });
        var without = Summary(new DemoOptions { Insured = 1500, Grids = 12, HeldOut = new HashSet<string> { "sex_wrong", "phone_old" } });

        all.Errors["sex_wrong"].ShouldBeGreaterThan(0);
        without.Errors["sex_wrong"].ShouldBe(0);
        without.Errors["phone_old"].ShouldBe(0);
        foreach (var (name, count) in all.Errors.Where(error => error.Key is not ("sex_wrong" or "phone_old" or "phone_of_household")))
            without.Errors[name].ShouldBe(count, name);
    }

    [Fact]
    public void Every_number_is_right_or_its_finding_says_so()
    {
        var month = district.Read();
        var wrong = Bearer.Gather(month, district.Persons())
            .Where(bearer => bearer.Rows.Any(row =>
                row.Number.Length > 0 && !ResidentNumber.IsValid(row.Number) && row.Form != NumberForm.OtherPaper)).Select(bearer => bearer.Person);

        var found = FindingDefinitions.Evaluate(month, district.Persons())
            .Where(finding => finding.Kind == "number_typo").Select(finding => finding.Person);

        wrong.ShouldBe(found);
        wrong.Count().ShouldBeLessThan(district.Summary.People / 40);
    }

    [Theory]
    [InlineData(99, 12, "sex_wrong")]
    [InlineData(1000, 11, "sex_wrong")]
    [InlineData(1000, 12, "no_such_error")]
    public void An_option_out_of_range_is_refused_by_name(int insured, int grids, string heldOut) =>
        Should.Throw<ArgumentException>(
            () => Summary(new DemoOptions { Insured = insured, Grids = grids, HeldOut = new HashSet<string> { heldOut } }));

    [Fact]
    public void The_truth_is_never_laid_among_the_registers() =>
        Should.Throw<ArgumentException>(() => DemoDistrict.Write("in", Path.Combine("in", "truth"), new DemoOptions()));

    private static DemoSummary Summary(DemoOptions options)
    {
        var root = Directory.CreateTempSubdirectory("legwork-demo-");
        try
        {
            return DemoDistrict.Write(Path.Combine(root.FullName, "in"), Path.Combine(root.FullName, "truth"), options);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static string Digest(DemoOptions options)
    {
        var root = Directory.CreateTempSubdirectory("legwork-demo-");
        try
        {
            DemoDistrict.Write(Path.Combine(root.FullName, "in"), Path.Combine(root.FullName, "truth"), options);
            var files = Directory.EnumerateFiles(root.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
            files.Count.ShouldBeGreaterThan(15);
            return string.Join('\n',
                files.Select(file => file[root.FullName.Length..] + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
