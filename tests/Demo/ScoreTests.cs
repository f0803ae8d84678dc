namespace Legwork.Demo.Tests;

public sealed class ScoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("legwork-score-").FullName;

    [Fact]
    public void Pairs_are_counted_by_hand()
    {
        // Person 1: rows a1 a2 L1 (L carries no number); person 2: a3 L2. True pairs 3 + 1; those with a row without number 2 + 1.
        Persons("户籍人口,1,1,1", "户籍人口,2,1,1", "网格台账,1,1,0", "户籍人口,3,2,1", "网格台账,2,2,0");
        // File x: a1 a2 a3; file y: L1 L2. Claimed pairs 3 + 1, right: a1–a2 only. Without a number: claimed L1–L2, right none.
        Files("户籍人口,1,x", "户籍人口,2,x", "户籍人口,3,x", "网格台账,1,y", "网格台账,2,y");

        var score = Score.Compare(folder, FilesPath, null);

        score.AllPairs.ShouldBe(new Agreement(Right: 1, Claimed: 4, Actual: 4));
        score.AllPairs.F1.ShouldBe(0.25);
        score.PairsWithoutNumber.ShouldBe(new Agreement(Right: 0, Claimed: 1, Actual: 3));
        score.RowsWithoutFile.ShouldBe(0);
    }

    [Fact]
    public void A_row_left_out_is_a_file_of_its_own_and_a_row_of_nobody_is_ignored()
    {
        Persons("户籍人口,1,1,1", "户籍人口,2,1,1", "网格台账,1,1,0");
        Files("户籍人口,1,x", "户籍人口,2,x", "网格台账,9,x");

        var score = Score.Compare(folder, FilesPath, null);

        score.AllPairs.ShouldBe(new Agreement(Right: 1, Claimed: 1, Actual: 3));
        score.RowsWithoutFile.ShouldBe(1);
    }

    [Fact]
    public void A_finding_is_right_when_its_kind_and_the_person_of_most_of_its_files_rows_match()
    {
        Persons("户籍人口,1,1,1", "参保人员,1,1,1", "网格台账,1,2,0", "户籍人口,2,3,1");
        Findings("dup_file,1,户籍人口,1", "separated,2,网格台账,1");
        Files("户籍人口,1,x", "参保人员,1,x", "网格台账,1,x", "户籍人口,2,z");
        Claims("dup_file,x,户籍人口,1,\"两行,一人\"", "separated,x,网格台账,1,", "separated,ghost,网格台账,7,");

        var score = Score.Compare(folder, FilesPath, ClaimsPath);

        score.Findings["dup_file"].ShouldBe(new Agreement(1, 1, 1));
        score.Findings["separated"].ShouldBe(new Agreement(Right: 0, Claimed: 2, Actual: 1));
        score.Findings["left_insured"].Precision.ShouldBe(1);
        score.Findings["left_insured"].Recall.ShouldBe(1);
    }

    [Fact]
    public void The_same_kind_for_two_files_of_one_person_is_one_claim()
    {
        Persons("户籍人口,1,1,1", "参保人员,1,1,1");
        Findings("dup_file,1,户籍人口,1");
        Files("户籍人口,1,x", "参保人员,1,y");
        Claims("dup_file,x,户籍人口,1,", "dup_file,y,参保人员,1,");

        Score.Compare(folder, FilesPath, ClaimsPath).Findings["dup_file"].ShouldBe(new Agreement(1, 1, 1));
    }

    [Fact]
    public void The_truth_agrees_with_itself_on_the_sample()
    {
        var truth = Path.Combine(SharedSample.Folder(), "truth");
        Files([.. File.ReadLines(Path.Combine(truth, "persons.csv")).Skip(1).Select(line => line[..line.LastIndexOf(',')])]);
        Claims([.. File.ReadLines(Path.Combine(truth, "findings.csv")).Skip(1).Select(line => line + ",")]);

        var score = Score.Compare(truth, FilesPath, ClaimsPath);

        score.AllPairs.F1.ShouldBe(1);
        score.PairsWithoutNumber.F1.ShouldBe(1);
        score.Findings.Values.ShouldAllBe(kind => kind.Right == kind.Actual && kind.Claimed == kind.Actual);
        score.Findings.Values.Sum(kind => kind.Actual).ShouldBe(913);
        score.ToTable().ShouldContain("separated                  468      468      468        0");
    }

    [Fact]
    public void A_table_without_its_columns_is_refused()
    {
        Persons();
        File.WriteAllText(FilesPath, "source,row\n");

        Should.Throw<FormatException>(() => Score.Compare(folder, FilesPath, null));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string FilesPath => Path.Combine(folder, "files.csv");

    private string ClaimsPath => Path.Combine(folder, "claims.csv");

    private void Persons(params string[] lines) => Write("persons.csv", "source,row,person,has_number", lines);

    private void Findings(params string[] lines) => Write("findings.csv", "kind,person,source,row", lines);

    private void Files(params string[] lines) => Write("files.csv", "source,row,file_id", lines);

    private void Claims(params string[] lines) => Write("claims.csv", "kind,file_id,source,row,explanation", lines);

    private void Write(string name, string header, string[] lines) => File.WriteAllLines(Path.Combine(folder, name), lines.Prepend(header));
}
