using System.Runtime.CompilerServices;

namespace Legwork.Places.Addresses;

/// <summary>One number with the word behind it.</summary>
internal readonly record struct Item(long Value, Unit Unit);

[InlineArray(Max)]
internal struct Items
{
    public const int Max = 10;

    private Item first;
}

/// <summary>
/// Reads one folded text from left to right, each character a bounded number of times: the places above, then names, then numbers.
/// Everything it finds is a slice of the text or of <c>scratch</c>; nothing is allocated.
/// </summary>
internal ref struct AddressScan
{
    /// <summary>Longer texts are no addresses.</summary>
    public const int TextMax = 160;

    public const int ScratchMax = 4 * TextMax;

    private const int PlaceNameMax = 10;

    private readonly AddressHabits habits;
    private readonly KnownPlaces? known;
    private readonly ReadOnlySpan<char> text;
    private readonly Span<char> scratch;
    private int scratchUsed;
    private int at;
    private Items items;
    private int count;

    /// <param name="known">The district's streets and communities, when they are to be found under other endings than the usual.</param>
    public AddressScan(AddressHabits habits, ReadOnlySpan<char> folded, Span<char> scratch, KnownPlaces? known = null)
    {
        this.habits = habits;
        this.known = known;
        this.scratch = scratch;
        text = folded;
        ReadPlacesAbove();
        if (Outside) return;
        SkipDashes();
        ReadName();
        ReadNumbers();
        Door = Reading.Of(Kind, items, count);
    }

    public ReadOnlySpan<char> Street { get; private set; }

    public ReadOnlySpan<char> Community { get; private set; }

    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The road and number that stand before an estate's name.</summary>
    public ReadOnlySpan<char> Along { get; private set; }

    public ReadOnlySpan<char> Rest { get; private set; }

    public NameKind Kind { get; private set; }

    public Door Door { get; }

    public bool Outside { get; private set; }

    /// <summary>Whether the rest says that another door is meant than the one named.</summary>
    public readonly bool RestMatters
    {
        get
        {
            if (Rest.ContainsAnyInRange('0', '9')) return true;
            foreach (var word in habits.Beside)
            {
                if (Rest.StartsWith(word)) return true;
            }
            return false;
        }
    }

    private void ReadPlacesAbove()
    {
        for (int length; (length = habits.Own.Match(text[at..], out _)) > 0; SkipDashes()) at += length;
        if (habits.Elsewhere.Match(text[at..], out _) > 0 || NamesAnotherCounty(text[at..]))
        {
            Outside = true;
            Rest = text;
            return;
        }
        Street = ReadEnding(habits.StreetEndings, "街道");
        if (Street.IsEmpty && habits.RenamedStreets.Match(text[at..], out var now) is > 0 and var old)
        {
            at += old;
            Street = now;
        }
        if (Street.IsEmpty && known?.Street(text[at..], out var street) is > 0 and var whole)
        {
            at += whole;
            Street = street;
        }
        SkipDashes();
        Community = ReadEnding(habits.CommunityEndings, "社区");
        if (Community.IsEmpty && known?.Community(text[at..], out var community) is > 0 and var behind)
        {
            at += behind;
            Community = community;
        }
        SkipDashes();
    }

    /// <summary>某某市某某区…, 某某县…; but not 农贸市场小区.</summary>
    private static bool NamesAnotherCounty(ReadOnlySpan<char> text)
    {
        var head = text[..Math.Min(text.Length, PlaceNameMax)];
        if (head.IndexOf('县') is >= 2 and <= 6 and var county && AllHan(head[..county]) && text.Length > county + 2) return true;
        var city = head.IndexOf('市');
        if (city is < 2 or > 5 || !AllHan(head[..city])) return false;
        var behind = text[(city + 1)..Math.Min(text.Length, city + 6)];
        var part = behind.IndexOfAny('区', '县');
        return part >= 2 && AllHan(behind[..part]) && behind[part - 1] is not ('小' or '社' or '园' or '新' or '片' or '厂' or '校' or '宿');
    }

    /// <summary>A name up to one of the endings, its ending written the one way.</summary>
    private ReadOnlySpan<char> ReadEnding(WordList<bool> endings, string written)
    {
        var head = Math.Min(text.Length, at + PlaceNameMax);
        for (var i = at; i < head; i++)
        {
            if (char.IsAsciiDigit(text[i]) || text[i] is '-' or '#') return default;
            if (i - at < 2 || endings.Match(text[i..], out _) is not (> 0 and var length)) continue;
            var found = Written(text[at..i], written);
            at = i + length;
            return found;
        }
        return default;
    }

    private void ReadName()
    {
        var start = at;
        while (at < text.Length && !NumberBegins(start)) at++;
        Name = Canonical(text[start..at]);
        if (Name.IsEmpty && !Community.IsEmpty) Name = Community;
    }

    /// <summary>Whether the name ends here because its numbers begin; what only looks like a number (八一路, 318国道) is passed over.</summary>
    private bool NumberBegins(int start)
    {
        var c = text[at];
        if (c is '-' or '#') return at > start;
        if (c == '第')
            return at > start && Numerals.Read(text[(at + 1)..], habits.Labels, out _, out _) is > 0 and var counted && HasUnit(at + 1 + counted);
        var length = Numerals.Read(text[at..], habits.Labels, out _, out var chinese);
        if (length == 0) return LabelBegins(start);
        var behind = at + length;
        var ends = HasUnit(behind)
            ? at > start || (!chinese && habits.Units.Match(text[behind..], out var unit) > 0 && unit is not (Unit.Entrance or Unit.Storey))
            : chinese
                ? at > start && (behind == text.Length || text[behind] == '-') && (EndsLikeAName(text[start..at]) || DigitFollows(behind))
                : at > start && !NameGoesOn(behind);
        if (!ends) at = Math.Min(behind, text.Length) - 1;
        return ends;
    }

    /// <summary>A座, and 东区 behind a name that is complete without it.</summary>
    private readonly bool LabelBegins(int start)
    {
        if (at == start || !habits.Labels.Contains(text[at])) return false;
        if (LetterStandsAlone(at)) return EndsLikeAName(text[start..at]);
        var length = habits.Units.Match(text[(at + 1)..], out var unit);
        return length > 0 && unit is Unit.Zone or Unit.Building or Unit.Entrance && (char.IsAsciiLetter(text[at]) || EndsLikeAName(text[start..at]));
    }

    /// <summary>A-1-302.</summary>
    private readonly bool LetterStandsAlone(int from) =>
        char.IsAsciiLetter(text[from]) && from + 2 < text.Length && text[from + 1] == AddressHabits.Dash && char.IsAsciiDigit(text[from + 2]);

    private readonly bool HasUnit(int from) => from < text.Length && habits.Units.Match(text[from..], out _) > 0;

    private readonly bool DigitFollows(int from) => from + 1 < text.Length && Numerals.Read(text[(from + 1)..], habits.Labels, out _, out _) > 0;

    private readonly bool EndsLikeAName(ReadOnlySpan<char> name) => habits.Kinds.MatchEnd(name, out _) is > 0 and var length && length < name.Length;

    /// <summary>Whether the letters behind a bare number end like a name: 318国道, 54中学家属院.</summary>
    private readonly bool NameGoesOn(int from)
    {
        var end = from;
        while (end < text.Length && text[end] is not ('-' or '#') && !char.IsAsciiDigit(text[end])) end++;
        return end > from && EndsLikeAName(text[from..end]);
    }

    private void ReadNumbers()
    {
        while (at < text.Length)
        {
            if (text[at] == '-' || (text[at] is '第' or '#'
                && at + 1 < text.Length && Numerals.Read(text[(at + 1)..], habits.Labels, out _, out _) > 0))
                at++;
            else if (!(count < Items.Max && (ReadSub() || ReadItem())) && !ReadSecondName())
            {
                Rest = text[at..].TrimEnd(AddressHabits.Dash);
                at = text.Length;
            }
        }
    }

    private bool ReadSub()
    {
        if (!habits.SubMarks.Contains(text[at])) return false;
        var length = Numerals.Read(text[(at + 1)..], habits.Labels, out var value, out _);
        if (length == 0) return false;
        at += 1 + length;
        at += habits.Units.Match(text[at..], out var unit) is var unitLength && unit is Unit.Number or Unit.Room or Unit.Hash ? unitLength : 0;
        items[count++] = new Item(value, Unit.Sub);
        return true;
    }

    private bool ReadItem()
    {
        var length = Numerals.Read(text[at..], habits.Labels, out var value, out var chinese);
        if (length == 0)
        {
            if (habits.Labels.IndexOf(text[at]) is not (>= 0 and var label)) return false;
            var isLabel = habits.Units.Match(text[(at + 1)..], out var of) > 0 && of is Unit.Zone or Unit.Building or Unit.Entrance;
            if (!isLabel && !LetterStandsAlone(at)) return false;
            (length, value) = (1, Number.Of(0, before: label + 1, hasDigits: false));
        }
        var behind = at + length;
        var unitLength = habits.Units.Match(text[behind..], out var unit);
        // A Chinese numeral inside words (一家, 三轮车) is no door.
        if (chinese && unitLength == 0 && behind < text.Length && text[behind] != '-') return false;
        at = behind + unitLength;
        if (unit == Unit.Number && LabelBehind() is > 0 and var letter)
        {
            at++;
            value = Number.Of(Number.Digits(value), behind: letter);
        }
        if (unit != Unit.Ignored) items[count++] = new Item(value, unitLength == 0 ? Unit.None : unit);
        return true;
    }

    /// <summary>6号甲, and 6号A where nothing follows: another door than 6号. 6号A座 and 6号东区 are places within it.</summary>
    private readonly int LabelBehind()
    {
        if (at == text.Length || habits.Labels.IndexOf(text[at]) is not (>= 0 and var label)) return 0;
        var isLast = at + 1 == text.Length;
        return isLast || (Numerals.IsStem(text[at]) && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] == AddressHabits.Dash)) ? label + 1 : 0;
    }

    /// <summary>北京中路56号太阳小区3栋: the road leads to an estate, which is the name that counts.</summary>
    private bool ReadSecondName()
    {
        var start = at;
        var end = at;
        while (end < text.Length && text[end] is not ('-' or '#') && Numerals.Read(text[end..], habits.Labels, out _, out _) == 0) end++;
        if (end - start < 3 || !Along.IsEmpty || !EndsLikeAName(text[start..end])) return false;
        var named = Name.Length;
        var road = scratch[scratchUsed..];
        Name.CopyTo(road);
        var written = named + KeyWriting.Door(Reading.Of(Kind, items, count), Kind, habits.Labels, road[named..]);
        Along = road[..written];
        scratchUsed += written;
        count = 0;
        ReadName();
        return true;
    }

    /// <summary>The name with its ending written the one way, and its kind.</summary>
    private ReadOnlySpan<char> Canonical(ReadOnlySpan<char> name)
    {
        if (name.Length > 0 && name[^1] == '第') name = name[..^1];
        foreach (var word in habits.NumberWords)
            if (name.Length > word.Length && name.EndsWith(word)) name = name[..^word.Length];
        if (habits.NameEndings.MatchEnd(name, out var ending) is > 0 and var length && length < name.Length) name = Written(name[..^length], ending!);
        Kind = habits.Kinds.MatchEnd(name, out var kind) > 0 ? kind : NameKind.Estate;
        return name;
    }

    private ReadOnlySpan<char> Written(ReadOnlySpan<char> stem, string ending)
    {
        var whole = scratch.Slice(scratchUsed, stem.Length + ending.Length);
        stem.CopyTo(whole);
        ending.CopyTo(whole[stem.Length..]);
        scratchUsed += whole.Length;
        return whole;
    }

    private void SkipDashes()
    {
        while (at < text.Length && text[at] == AddressHabits.Dash) at++;
    }

    private static bool AllHan(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('\u4e00', '\u9fff');
}
