using System.CommandLine;
using Legwork.Linking;
using Legwork.Platform.Modules;

namespace Legwork.People.Commands;

/// <summary>The linker's own command line, which needs no district.</summary>
internal static class LinkTables
{
    public static Command Make()
    {
        var command = new Command("link", "Link the records of one table or several.");
        command.FileWords("TABLE.csv", "The tables.");
        command.FileToRead("--model", "M.yaml", "The model: columns, comparisons, blocking, thresholds.", needed: true);
        command.FileToWrite("--out", "LINKS.csv", "Which record belongs to which cluster.", needed: true);
        command.FileToWrite("--pairs", "P.csv", "The weighed pairs with each comparison's bits.");
        command.FileToRead("--truth", "T.csv", "record_id,cluster: prints precision, recall and F1.");
        command.FileToWrite("--weights", "W.json", "The weights that were learned.");
        command.FileToWrite("--report", "R.html", "Weights, waterfalls and, with --truth, the threshold curve, in one file.");
        command.FileToRead("--decisions", "D.csv", "record_id_a,record_id_b,same (yes or no): binding.");
        command.Number("--cores", "Cores to use.", Environment.ProcessorCount, 1, 1024);
        command.Text("--memory", "MB",
            "Memory for pairs; what does not fit is compared in passes and spilled (default: a quarter of the machine's).");
        command.Flag("--json", "Figures as JSON.");
        command.SetAction(line => LinkCommand.Run([.. line.Tokens.Skip(1).Select(token => token.Value)]));
        return command;
    }
}
