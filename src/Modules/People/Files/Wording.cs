using System.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;

namespace Legwork.People.Files;

/// <summary>What codes, dates and values read like in the language of the page.</summary>
internal sealed class Wording(T t, Explain explain, Precedence precedence, PlaceNames places, Purposes purposes)
{
    public string Attribute(string code) => precedence.Find(code)?.NameIn(t.Language.Tag) ?? code;

    public string Value(string attribute, string value) => attribute switch
    {
        "number" => ResidentNumber.Mask(value),
        "sex" => Sex(value switch { "male" => Kernel.Sex.Male, "female" => Kernel.Sex.Female, _ => Kernel.Sex.Unknown }),
        "birth" or "died_on" => VagueDate.TryParse(value, out var date) ? t.Date(date) : value,
        "lives_in" => Place(value),
        "relation" => t.Called(value),
        "residence_state" when t.Has("people.residence_state." + value) => t[$"people.residence_state.{value}"],
        "dwelling_state" when t.Has("people.dwelling_state." + value) => t[$"people.dwelling_state.{value}"],
        Intent.Field when Intent.IsPromise(value, out var by) => t["people.intent.by", by],
        Intent.Field when t.Has("people.intent." + value) => t[$"people.intent.{value}"],
        _ => value,
    };

    public string Sex(Sex sex) => sex switch
    {
        Kernel.Sex.Male => t["people.sex.male"],
        Kernel.Sex.Female => t["people.sex.female"],
        _ => t["people.sex.unknown"],
    };

    public string Scheme(string code) => code.Length == 0 ? "" : t.Has("people.insured." + code) ? t[$"people.insured.{code}"] : code;

    public string Status(string code) => t.Has("people.status." + code) ? t[$"people.status.{code}"] : code;

    /// <summary>A place as it is called, or its code when it has no name.</summary>
    public string Place(string code) => code.Length == 0 ? "" : places.Of(code, t.Language);

    public string Finding(string kind) => explain.Name(kind, t.Language.Tag);

    /// <summary>With what was promised about it: a promise settles nothing until a list shows it kept.</summary>
    public string Sentence(FindingLine finding)
    {
        var sentence = explain.Sentence(finding.Kind, finding.Args, t.Language.Tag, Called);
        return finding.PromisedBy.IsKnown ? t["people.file.promised", sentence, finding.PromisedBy] : sentence;
    }

    /// <summary>A street, a province, a list's title as an office wrote it, in the reader's language.</summary>
    public string Called(string written) => places.Called(t.Called(written), t.Language);

    public string Presence(Presence presence) => t[$"people.presence.{Snake(presence.ToString())}"];

    public Tone PresenceTone(Presence presence) => presence switch
    {
        Files.Presence.Together => Tone.Good,
        Files.Presence.EmptySuspected or Files.Presence.EmptyConfirmed => Tone.Warn,
        Files.Presence.Dead => Tone.Plain,
        Files.Presence.Neither => Tone.Plain,
        _ => Tone.Info,
    };

    public string Why(InForce held) => held.Because == Because.Order
        ? t["people.because.order", held.Rule.WhyIn(t.Language.Tag)] : t[$"people.because.{Snake(held.Because.ToString())}"];

    public string Claim(Claim claim)
    {
        var words = new StringBuilder(claim.Version is { } row
            ? t["people.claim.row", t.Called(row.Source), row.FileName, row.Row, DateOf(row.LearnedAt)]
            : t["people.claim.stated", claim.Statement!.Actor.Length > 0 ? claim.Statement.Actor : t["people.by.verified"],
                Evidence(claim.Statement.Evidence), DateOf(claim.Statement.LearnedAt)]);
        if (claim.Since.IsKnown) words.Append(t.Language == Language.English ? ", " : "，").Append(t["people.claim.since", claim.Since]);
        if (claim.Gone) words.Append(" · ").Append(t["people.claim.gone"]);
        if (claim.Overtaken) words.Append(" · ").Append(t["people.claim.overtaken"]);
        return words.ToString();
    }

    /// <summary>The kind of evidence; a case names itself.</summary>
    public string Evidence(string code) => code.StartsWith("case ", StringComparison.Ordinal)
        ? t["people.evidence.case"] : t.Has("people.evidence." + code) ? t[$"people.evidence.{code}"] : code;

    public string History(HistoryLine line) => t[$"people.history.{line.What}", [.. line.Words.Select((word, at) => line.What switch
    {
        "stated" or "withdrawn" when at == 0 => Attribute((string)word!),
        "stated" or "withdrawn" => Value((string)line.Words[0]!, (string)word!),
        "finding" or "finding_closed" => Finding((string)word!),
        _ => word is string written ? Called(written) : word,
    })]];

    public string Purpose(Purpose purpose) => t.Language == Language.Tibetan ? purpose.Bo : t.Language == Language.English ? purpose.En : purpose.Zh;

    public string Purpose(string code) => purposes.Has(code) ? Purpose(purposes[code]) : code;

    /// <summary>What was done in a look, as the log of reads names it.</summary>
    public string Act(string code) => t.Has("reads.act." + code) ? t[$"reads.act.{code}"] : code;

    /// <summary>What the linker compared or found, told in its English words; words that no text knows are shown as they are.</summary>
    public string Linked(string words) => Linked(words, t);

    internal static string Linked(string words, T t)
    {
        var key = "people.linked." + string.Join('_', words.ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        return t.Has(key) ? t[key] : words;
    }

    public string Role(Role role) => t[$"role.{role}"];

    public DateOnly DateOf(DateTimeOffset at) => FileFacts.LocalDay(at);

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }
}
