using System.Diagnostics;

namespace Legwork.Running.Tests;

/// <summary>The commands as someone types them who got something wrong: a sentence that says what to do, and never a stack trace.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("There is no district in", "findings --data {0}/mistyped")]
    [InlineData("There is no district in", "verify-log --data {0}/mistyped")]
    [InlineData("There is no district in", "export files --out {0}/f.csv --data {0}/mistyped")]
    [InlineData("{0}/file", "import {0} --data {0}/file")]
    [InlineData("legwork.json", "import {0} --data {0}/broken")]
    [InlineData("calendar.yaml:3: this is not YAML", "import {0} --data {0}/new --config {0}/district.json")]
    [InlineData("127.0.0.1:1", "findings --config {0}/postgres.json --data {0}/none")]
    public async Task What_cannot_be_done_is_said_in_a_sentence(string says, string line)
    {
        var folder = Directory.CreateTempSubdirectory("legwork-line-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "broken"));
            Directory.CreateDirectory(Path.Combine(folder, "540102", "registers"));
            await Write("file", "");
            await Write("broken/legwork.json", "{ \"Listen\": ");
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "districts", "540102")))
                File.Copy(file, Path.Combine(folder, "540102", Path.GetFileName(file)));
            await Write("540102/calendar.yaml", "in_force_from: 2026-01-01\nyears: [unclosed");
            await Write("district.json", $"{{ \"District\": \"{folder}/540102\" }}");
            await Write("postgres.json", "{ \"Storage\": \"Host=127.0.0.1;Port=1;Username=x;Database=y\" }");
            var (code, told) = await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, folder));
            told.ShouldContain(says.Replace("{0}", folder, StringComparison.Ordinal));
            told.ShouldNotContain("   at ");
            code.ShouldBe(1);
            Directory.Exists(Path.Combine(folder, "mistyped")).ShouldBeFalse("looking for a district makes none");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("legwork so", "soak")]
    [InlineData("legwork soak k", "kill")]
    [InlineData("legwork soak kill --ti", "--times")]
    [InlineData("legwork completion ba", "bash")]
    [InlineData("legwork import li", "")]
    public async Task A_shell_is_told_commands_options_and_words_and_completes_names_of_files_itself(string typed, string offered)
    {
        const string Tab = """
            legwork() { dotnet "$0" "$@"; }
            eval "$(legwork completion bash)"
            COMP_LINE="$1" COMP_POINT=${#1}
            _legwork legwork
            printf '%s' "${COMPREPLY[*]}"
            """;
        var (code, told) = await Start("bash", "-c", Tab, typeof(Program).Assembly.Location, typed);
        told.ShouldBe(offered);
        code.ShouldBe(0);
    }

    private static Task<(int Code, string Told)> Run(string line) => Start("dotnet", [typeof(Program).Assembly.Location, .. line.Split(' ')]);

    private static async Task<(int Code, string Told)> Start(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
