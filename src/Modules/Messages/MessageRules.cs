using System.Globalization;
using Legwork.Yaml;

namespace Legwork.Messages;

/// <summary>One kind of message as its module declares it.</summary>
/// <param name="Ways">Tried one after the other, once each, until one is not refused; <c>app</c> stands there beside them.</param>
/// <param name="Lasts">How long after it was told it may still be handed over, where its teller names no end.</param>
internal sealed record MessageKind(string Code, string Purpose, IReadOnlyList<string> Ways, TimeSpan Lasts);

/// <param name="CostFen">Of one, in fen.</param>
internal sealed record WayRule(string Code, long CostFen, string Confidence);

/// <summary>
/// How people are told: the ways with their costs and quiet hours, and every module's kinds of message (<c>Rules/messages.yaml</c> in its
/// assembly). Two modules may not declare one kind.
/// </summary>
internal sealed class MessageRules
{
    public const string Resource = "Rules.messages.yaml";
    public const string App = "app", Sms = "sms", Email = "email", Letter = "letter", Call = "call";

    /// <summary>The platform's purpose under which people are looked up to be told something.</summary>
    public const string Purpose = "message";

    private static readonly string[] Known = [App, Sms, Email, Letter, Call];

    private readonly Dictionary<string, MessageKind> kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WayRule> ways = new(StringComparer.Ordinal);
    private readonly HashSet<string> quietWays = new(StringComparer.Ordinal);

    private MessageRules()
    {
    }

    public IReadOnlyCollection<MessageKind> Kinds => kinds.Values;

    public TimeOnly QuietFrom { get; private set; }

    public TimeOnly QuietUntil { get; private set; }

    public WayRule this[string way] => ways[way];

    /// <returns>Null for what was told before its module went.</returns>
    public MessageKind? Find(string code) => kinds.GetValueOrDefault(code);

    /// <exception cref="ArgumentException">No module declares it.</exception>
    public MessageKind Kind(string code) => Find(code)
        ?? throw new ArgumentException($"No module's messages.yaml declares the kind '{code}'.", nameof(code));

    /// <param name="files">Each module's file; one of them says the ways.</param>
    /// <exception cref="FormatException">A file is not understood; the message names file, line and entry.</exception>
    public static MessageRules Load(IEnumerable<(string Module, string Text)> files)
    {
        var rules = new MessageRules();
        foreach (var (module, text) in files)
        {
            var file = YamlNode.Parse(text, $"messages.yaml of {module}");
            file.Only("quiet", "ways", "kinds");
            if (file.Find("quiet") is { } quiet) rules.TakeQuiet(quiet);
            foreach (var (code, entry) in file.Find("ways")?.Entries() ?? []) rules.TakeWay(code, entry);
            foreach (var (code, entry) in file.Find("kinds")?.Entries() ?? []) rules.TakeKind(code, entry);
        }
        return rules;
    }

    /// <summary>The moment from which a way may be used again; the moment itself where it may be now.</summary>
    public DateTimeOffset NotQuiet(string way, DateTimeOffset now)
    {
        if (!quietWays.Contains(way)) return now;
        var local = Platform.Calendar.Local(now);
        var time = TimeOnly.FromDateTime(local.DateTime);
        // IsBetween takes a span over midnight as it is written.
        if (!time.IsBetween(QuietFrom, QuietUntil)) return now;
        return now + (QuietUntil - time);
    }

    private void TakeQuiet(YamlNode quiet)
    {
        quiet.Only("from", "until", "ways", "source", "confidence");
        (QuietFrom, QuietUntil) = (Time(quiet["from"]), Time(quiet["until"]));
        quietWays.UnionWith(quiet.List("ways").Select(way => way.OneOf(Known)));
        _ = (quiet.Text("source"), quiet.Text("confidence"));
    }

    private void TakeWay(string code, YamlNode entry)
    {
        entry.Only("cost_fen", "source", "confidence");
        if (!Known.Contains(code)) throw entry.Wrong($"'{code}' is no way of telling; there are {string.Join(", ", Known)}");
        _ = entry.Text("source");
        ways[code] = new WayRule(code, entry.Number("cost_fen"), entry.Text("confidence"));
    }

    private void TakeKind(string code, YamlNode entry)
    {
        entry.Only("ways", "lasts_days", "source", "confidence");
        _ = (entry.Text("source"), entry.Text("confidence"));
        if (!kinds.TryAdd(code, new MessageKind(code, Purpose, [.. entry.List("ways").Select(way => way.OneOf(Known))],
            TimeSpan.FromDays(entry.Number("lasts_days", min: 1, max: 366)))))
            throw entry.Wrong($"the kind '{code}' is declared twice");
    }

    private static TimeOnly Time(YamlNode node) =>
        TimeOnly.TryParseExact(node.Text(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : throw node.Wrong("a time such as 21:00 belongs here");
}
