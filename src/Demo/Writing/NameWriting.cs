using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>Writes names as hurried people do.</summary>
internal sealed class NameWriting(ErrorDice errors)
{
    private const int NicknamedFromAge = 25;
    private static readonly ILookup<(string Kind, char From), char> Confusions = DemoData.Rows("confusions.csv")
        .ToLookup(cells => (cells[0], cells[1][0]), cells => cells[2][0]);
    private static readonly string[] ConfusionKinds = ["homophone", "pinyin_confusion", "lookalike"];
    private static readonly string[] Dots = ["·", "•", "．", " "];

    /// <summary>The household register copies the card; what goes wrong there is copying, a tenth as often.</summary>
    public string OnCard(Resident resident, long subject)
    {
        var dice = Dice.Of(errors.Seed, "card name", subject);
        return Confused(resident.Name.Chinese, subject, 0.1, ref dice);
    }

    public string InList(Resident resident, long subject)
    {
        var dice = Dice.Of(errors.Seed, "list name", subject);
        var name = Respelled(resident, Known(resident, subject), subject, ref dice);
        name = Confused(name, subject, 1, ref dice);
        name = Swapped(resident, name, subject);
        return Dotted(resident, name, subject, ref dice);
    }

    /// <summary>Grid workers write what they hear at the door: short names and nicknames too.</summary>
    public string AtTheDoor(Resident resident, long subject)
    {
        var dice = Dice.Of(errors.Seed, "door name", subject);
        if (resident.AgeOn(errors.ReferenceDay) > NicknamedFromAge && Nickname(resident, subject, ref dice) is { } nickname) return nickname;
        var name = Respelled(resident, Known(resident, subject), subject, ref dice);
        if (resident.Name.IsFourSyllables && name.Length == 4)
        {
            if (errors.Strikes("short_name_first_two", subject)) return Counted("short_name_first_two", name[..2]);
            if (errors.Strikes("short_name_first_third", subject)) return Counted("short_name_first_third", $"{name[0]}{name[2]}");
        }
        name = Confused(name, subject, 1, ref dice);
        return Dotted(resident, name, subject, ref dice);
    }

    /// <summary>Another spelling of the same name; null when it has only one.</summary>
    public static string? OtherSpelling(Resident resident, string written, ref Dice dice)
    {
        if (!resident.Name.IsTibetan) return null;
        var open = Enumerable.Range(0, resident.Name.Elements.Length).Where(i =>
            resident.Name.Elements[i].Spellings.Length > 1 && written.Length >= 2 * i + 2
            && resident.Name.Elements[i].Spellings.Contains(written.Substring(2 * i, 2))).ToList();
        if (open.Count == 0) return null;
        var at = dice.Pick(open);
        var now = written.Substring(2 * at, 2);
        var others = resident.Name.Elements[at].Spellings.Where(spelling => spelling != now).ToList();
        return written[..(2 * at)] + dice.Pick(others) + written[(2 * at + 2)..];
    }

    private string Known(Resident resident, long subject) =>
        resident.FormerName.Length > 0 && resident.FormerName != resident.Name.Chinese && errors.Strikes("former_name_used", subject)
            ? Counted("former_name_used", resident.FormerName) : resident.Name.Chinese;

    private string Respelled(Resident resident, string name, long subject, ref Dice dice)
    {
        // A rate of all names; those of one spelling cannot be respelled, so the others are twice as often.
        if (!errors.Strikes("spelling_variant", subject, 2) || OtherSpelling(resident, name, ref dice) is not { } other) return name;
        return Counted("spelling_variant", other);
    }

    private string Confused(string name, long subject, double times, ref Dice dice)
    {
        foreach (var kind in ConfusionKinds)
        {
            if (!errors.Strikes(kind, subject, times)) continue;
            var at = dice.Below(name.Length);
            for (var i = 0; i < name.Length; i++, at = (at + 1) % name.Length)
            {
                var others = Confusions[(kind == "pinyin_confusion" ? "pinyin" : kind, name[at])].ToList();
                if (others.Count == 0) continue;
                errors.Count(kind);
                name = string.Concat(name.AsSpan(0, at), dice.Pick(others).ToString(), name.AsSpan(at + 1));
                break;
            }
        }
        return name;
    }

    private string Swapped(Resident resident, string name, long subject)
    {
        var cut = resident.Name.IsFourSyllables && name.Length == 4 ? 2 : resident.Name.Surname?.Length ?? 0;
        if (cut == 0 || name.Length <= cut || name[..cut] == name[cut..] || !errors.Strikes("swapped_name_parts", subject)) return name;
        return Counted("swapped_name_parts", name[cut..] + name[..cut]);
    }

    private string Dotted(Resident resident, string name, long subject, ref Dice dice)
    {
        var cut = name.Length == 4 ? 2 : resident.Name.Surname?.Length ?? 0;
        if (cut == 0 || name.Length <= cut || !errors.Strikes("dot_or_space", subject)) return name;
        return Counted("dot_or_space", name[..cut] + (resident.Name.IsTibetan ? dice.Pick(Dots) : " ") + name[cut..]);
    }

    private string? Nickname(Resident resident, long subject, ref Dice dice)
    {
        if (!errors.Strikes("nickname", subject)) return null;
        var name = resident.Name.Chinese;
        return Counted("nickname", resident.Name.Surname is { } surname ? (dice.Chance(0.6) ? "老" : "小") + surname
            : resident.Sex == Sex.Female ? "阿佳" + name[..2] : "阿" + name[0]);
    }

    private string Counted(string error, string written)
    {
        errors.Count(error);
        return written;
    }
}
