namespace Legwork.Host.Commands;

/// <summary>What stands behind the command's name: words, and options written <c>--name value</c>, <c>--name=value</c> or <c>--flag</c>.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, List<string>> options = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Arguments(IEnumerable<string> args, IReadOnlySet<string> flags)
    {
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var arg))
        {
            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arg);
                continue;
            }
            var name = arg[2..];
            var value = "true";
            if (name.Split('=', 2) is [var left, var right]) (name, value) = (left, right);
            else if (!flags.Contains(name))
                value = rest.TryDequeue(out var next) ? next : throw new UsageException($"--{name} needs a value.");
            if (!options.TryGetValue(name, out var values)) options.Add(name, values = []);
            values.Add(value);
        }
    }

    public string? Option(string name)
    {
        asked.Add(name);
        return options.TryGetValue(name, out var values) ? values[^1] : null;
    }

    public IReadOnlyList<string> All(string name)
    {
        asked.Add(name);
        return options.TryGetValue(name, out var values) ? values : [];
    }

    public bool Flag(string name) => Option(name) is "true";

    public string Need(string name, string what) => Option(name) ?? throw new UsageException($"--{name} {what} is missing.");

    public int Number(string name, int otherwise, int min, int max)
    {
        if (Option(name) is not { } text) return otherwise;
        return int.TryParse(text, out var number) && number >= min && number <= max
            ? number : throw new UsageException($"--{name} takes a whole number from {min} to {max}.");
    }

    public string Word(int at, string what) => at < words.Count ? words[at] : throw new UsageException($"{what} is missing.");

    public string? WordOrNone(int at) => at < words.Count ? words[at] : null;

    public IReadOnlyList<string> Words => words;

    /// <summary>Call after every option was asked for: what nobody asked for is a typing error, not something to ignore.</summary>
    public void Done(int wordsMax)
    {
        if (options.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown) throw new UsageException($"--{unknown} is not an option here.");
        if (words.Count > wordsMax) throw new UsageException($"'{words[wordsMax]}' is one word too many.");
    }
}

/// <summary>The command was written wrongly; the message says how.</summary>
public sealed class UsageException(string message) : Exception(message);
