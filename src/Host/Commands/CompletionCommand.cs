using System.CommandLine;

namespace Legwork.Host.Commands;

/// <summary>Prints what a shell needs to complete commands and options; the words themselves are asked of the program.</summary>
internal static class CompletionCommand
{
    public static Command Make()
    {
        var command = new Command("completion", "Print the completion script of a shell: eval \"$(./legwork completion bash)\"");
        var shell = new Argument<string>("shell") { Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        command.Arguments.Add(shell);
        command.SetAction(line => Console.WriteLine(line.GetValue(shell) == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" + Bash : Bash));
        return command;
    }

    private const string Bash = """
        _legwork() {
          local line="${COMP_LINE#* }" word
          case "$line" in "$COMP_LINE") line="" ;; esac
          local cut=$(( ${#COMP_LINE} - ${#line} ))
          COMPREPLY=()
          while IFS= read -r word; do
            case "$word" in /*) ;; *) COMPREPLY+=("$word") ;; esac
          done < <("$1" "[suggest:$(( COMP_POINT - cut ))]" "$line" 2>/dev/null)
        }
        complete -F _legwork -o default legwork ./legwork
        """;
}
