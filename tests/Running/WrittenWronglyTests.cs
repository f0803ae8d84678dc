using Legwork.Host;
using Legwork.Host.Commands;

namespace Legwork.Running.Tests;

/// <summary>A line that cannot be meant so is answered by one sentence that says what to write instead, before anything is done.</summary>
public class WrittenWronglyTests
{
    [Theory]
    [InlineData("serv", "serv is not a command; did you mean serve?")]
    [InlineData("backpu --out x", "backpu is not a command; did you mean backup?")]
    [InlineData("tset", "tset is not a command; did you mean test?")]
    [InlineData("people", "people is not a command; 'legwork help' lists the commands.")]
    [InlineData("export people --out x", "people is not a command of 'legwork export'; it has files and findings.")]
    [InlineData("outbox rety 1 people", "rety is not a command of 'legwork outbox'; did you mean retry?")]
    [InlineData("export", "'legwork export' needs one of files and findings behind it.")]
    [InlineData("serve --prot 8080",
        "--prot is not an option of 'legwork serve'; it takes --listen, --new, --help, --data, --config, --storage and --node.")]
    [InlineData("serve --lisen http://127.0.0.1:1", "--lisen is not an option of 'legwork serve'; did you mean --listen?")]
    [InlineData("demo --once --peopl=4", "--peopl is not an option of 'legwork demo'; did you mean --people?")]
    [InlineData("--dta x findings", "--dta is not an option of 'legwork findings'; did you mean --data?")]
    [InlineData("serve extra", "'legwork serve' does not take extra; 'legwork serve --help' says how it is written.")]
    [InlineData("export files", "'legwork export files' needs --out F.csv; 'legwork export files --help' says how it is written.")]
    [InlineData("link a.csv --out b.csv", "'legwork link' needs --model M.yaml; 'legwork link --help' says how it is written.")]
    [InlineData("import", "'legwork import' needs DIR; 'legwork import --help' says how it is written.")]
    [InlineData("bench --seconds 0", "--seconds takes a whole number from 1 to 3600.")]
    [InlineData("findings --config none.json", "There is no file none.json.")]
    public async Task What_was_typed_wrongly_is_named_once_with_the_word_that_was_meant(string typed, string says)
    {
        var words = typed.Split(' ');
        WrittenWrongly.Says(LegworkCommand.Make(District.Modules).Parse(words)).ShouldBe(says);
        (await LegworkCommand.Run(words, District.Modules)).ShouldBe(2);
    }

    [Theory]
    [InlineData("export files --out {0}", "{0} is a folder; name a file in it: --out {0}/NAME.")]
    [InlineData("export findings --out {0}/none/f.csv",
        "{0}/none/f.csv cannot be written: there is no folder {0}/none. Make it first, or name a file in another.")]
    [InlineData("export files --out /dev/null", "/dev/null is a device; name a file.")]
    [InlineData("try-rules --from a --to b --out {0}", "{0} is a folder; name a file in it: --out {0}/NAME.")]
    [InlineData("link {0}/list.csv --model {0}/list.csv --out {0}/none/l.csv",
        "{0}/none/l.csv cannot be written: there is no folder {0}/none. Make it first, or name a file in another.")]
    [InlineData("link {0}/none.csv --model {0}/list.csv --out {0}/l.csv", "There is no file {0}/none.csv.")]
    [InlineData("forecast --rules cn-2026 --in {0}/none --out -", "There is no file {0}/none.")]
    [InlineData("export-heads --out {0}/list.csv", "{0}/list.csv is a file; name a folder.")]
    [InlineData("verify-log --public-key {0}", "{0} is a folder; name a file in it.")]
    [InlineData("verify-log --heads {0}/none", "There is no folder {0}/none.")]
    [InlineData("import-doses {0}", "{0} is a folder; name a file in it.")]
    [InlineData("import-doses {0}/none.csv", "There is no file {0}/none.csv.")]
    [InlineData("import {0}/list.csv", "{0}/list.csv is a file; name the folder that it lies in.")]
    [InlineData("import {0}/none", "There is no folder {0}/none.")]
    public async Task A_path_that_cannot_be_meant_is_refused_before_any_work_and_leaves_nothing_behind(string typed, string says)
    {
        var folder = Directory.CreateTempSubdirectory("legwork-paths-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "list.csv"), "", TestContext.Current.CancellationToken);
            string[] words = [.. typed.Split(' ').Select(word => word.Replace("{0}", folder, StringComparison.Ordinal)),
                "--data", Path.Combine(folder, "data")];
            WrittenWrongly.Says(LegworkCommand.Make(District.Modules).Parse(words)).ShouldBe(says.Replace("{0}", folder, StringComparison.Ordinal));
            (await LegworkCommand.Run(words, District.Modules)).ShouldBe(2);
            Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["list.csv"]);
            File.Exists(folder + ".new").ShouldBeFalse();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_README_names_every_command()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        LegworkCommand.Make(District.Modules).Subcommands.Where(command => !command.Hidden && command.Name != "help").Select(command => command.Name)
            .Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal) && !readme.Contains($"`{name} ", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("serv", "serve")]
    [InlineData("--prot", "--port")]
    [InlineData("find", "findings")]
    [InlineData("--data-folder", null)]
    [InlineData("x", null)]
    public void The_nearest_word_is_a_letter_in_three_away_or_begins_so(string typed, string? meant) =>
        WrittenWrongly.Nearest(typed, ["serve", "findings", "--port", "--data"]).ShouldBe(meant);
}
