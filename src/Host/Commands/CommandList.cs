namespace Legwork.Host.Commands;

/// <summary>One command: its words for help, and what it does. Returns the exit code.</summary>
/// <param name="Hidden">Not in the list: the program calls it itself.</param>
public sealed record Command(string Name, string Usage, string Sentence, Func<Arguments, Task<int>> Run, bool Hidden = false);

public static class CommandList
{
    public static readonly IReadOnlySet<string> Flags = new HashSet<string>(StringComparer.Ordinal) { "json", "once", "help", "yes", "all", "fresh", "bad", "quiet", "with-keys" };

    public static IReadOnlyList<Command> All { get; } =
    [
        new("demo", "demo [--once] [--json] [--people N] [--listen URL]", "Make a living demonstration district and serve it.", DemoCommand.Run),
        new("serve", "serve [--listen URL]", "Serve the district at --data.", ServeCommand.Run),
        new("admin", "admin create --sign-in NAME --name NAME", "Create an administrator; the password is read from standard input.", AdminCommand.Run),
        new("import", "import DIR [--json]", "Take the offices' files lying in DIR, make one file a person, and show what disagrees.", ImportCommand.Run),
        new("import-doses", "import-doses FILE", "Take a clinic's list of doses given, or of states of health.", ImportDosesCommand.Run),
        new("try-rules", "try-rules --from SET --to SET [--out F.csv] [--json]", "Who in the district would get another date by other immunization rules, and why.", TryRulesCommand.Run),
        new("check-rules", "check-rules [SET]", "Read the immunization rules and hold their worked cases against them.", CheckRulesCommand.Run),
        new("export", "export files|findings --out F.csv", "Write which row is whose, or what was found.", ExportCommand.Run),
        new("findings", "findings [--json]", "Count the findings that stand, by kind.", FindingsCommand.Run),
        new("link", "link A.csv [B.csv] --model M.yaml --out LINKS.csv", "Link the records of one table or two; 'legwork link' alone lists its options.", _ => Task.FromResult(0)),
        new("forecast", "forecast --rules cn-2026|cdsi:DIR --in P.ndjson --out F.ndjson", "Say for everybody of a file which vaccine doses count and what is due when; 'legwork forecast' alone lists its options.", _ => Task.FromResult(0)),
        new("conformance", "conformance cdsi --supporting DIR --cases FILE.csv [--json OUT]", "Hold the immunization engine against CDC's test cases; exit 1 when one misses.", _ => Task.FromResult(0)),
        new("verify-log", "verify-log [--heads DIR]… [--public-key F] [--json]", "Show that the log of reads is whole: no flipped bit, no cut tail, no rewrite.", VerifyLogCommand.Run),
        new("export-heads", "export-heads --out DIR", "Copy the signed heads of the log of reads, for auditors to keep elsewhere.", ExportHeadsCommand.Run),
        new("backup", "backup --out FILE [--with-keys --passphrase-file F]", "Write the whole district into one archive while it goes on working.", BackupCommand.Run),
        new("restore", "restore FILE [--with-keys --passphrase-file F]", "Bring an archive back into an empty --data, on either engine.", RestoreCommand.Run),
        new("doctor", "doctor [--json]", "Look at everything the district rests on; exit 1 when something is bad.", DoctorCommand.Run),
        new("bench", "bench [NAME] [--seconds N] [--rows N] [--storage S] [--json]", "Measure, and set the peer's figure beside ours.", BenchCommand.Run),
        new("soak", "soak kill|fuzz|damage [--times N] [--seed N] [--storage S]", "Long proofs: kill -9 under load, odd requests, damaged lists.", SoakCommand.Run),
        new("soak-writer", "soak-writer --run NAME", "Write and acknowledge until killed.", SoakWriterCommand.Run, Hidden: true),
        new("help", "help", "Show this list.", _ => Task.FromResult(Help())),
    ];

    public static int Help()
    {
        Console.WriteLine("Legwork (数跑): the open server of one city district.\n");
        foreach (var command in All.Where(command => !command.Hidden)) Console.WriteLine($"  legwork {command.Usage,-62} {command.Sentence}");
        Console.WriteLine("\n  legwork pack --out FILE.tar.gz                                         Pack program, runtime, rules and docs for a machine without internet.");
        Console.WriteLine("  legwork test [NAME]                                                    Run every test, or the projects whose name contains NAME.");
        Console.WriteLine("\nEvery command takes --data DIR (where the district's data lie; default: data) and --config FILE.");
        return 0;
    }
}
