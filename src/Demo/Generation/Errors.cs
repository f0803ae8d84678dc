namespace Legwork.Demo;

/// <summary>A kind of error or situation that the demo's registers contain.</summary>
/// <param name="Name">By which it is switched off in <see cref="DemoOptions.HeldOut"/> and counted in the summary.</param>
/// <param name="Rate">Share of the rows or persons that could have it.</param>
public sealed record RegisterError(string Name, double Rate, string Meaning);

/// <summary>
/// What goes wrong in the registers of the demo district. Rates of planted findings follow a month of 6,000 people; the others are our estimate of
/// hand-kept lists.
/// </summary>
public static class RegisterErrors
{
    public static readonly IReadOnlyList<RegisterError> All =
    [
        new("spelling_variant", 0.05, "another Chinese spelling of a Tibetan syllable"),
        new("short_name_first_two", 0.07, "only the first name of two, in the ledger"),
        new("short_name_first_third", 0.03, "first and third syllable, in the ledger"),
        new("homophone", 0.005, "a character of the same sound"),
        new("pinyin_confusion", 0.003, "a character that sounds alike to some: n/l, zh/z, in/ing, an/ang"),
        new("lookalike", 0.003, "a character that looks alike, from scanning"),
        new("swapped_name_parts", 0.003, "surname and given name, or the two names, exchanged"),
        new("former_name_used", 0.3, "the former name (曾用名) still used, among those who have another one"),
        new("dot_or_space", 0.006, "a middle dot or a space between the parts"),
        new("nickname", 0.004, "阿佳, 老张, 小李 in the ledger"),
        new("newborn_placeholder", 0.4, "某某之子 before the child has a name"),
        new("birth_missing", 0.004, "no birth date in the roll"),
        new("birth_day_month_swapped", 0.0015, "day and month exchanged in the roll"),
        new("birth_placeholder", 0.002, "1 January for an unknown day"),
        new("birth_lunar", 0.0015, "the day of the farmers' calendar taken for the sun's"),
        new("birth_conflict", 0.005, "a birth date some days or a year off in the roll"),
        new("ledger_year_off", 0.01, "the ledger's birth year one off"),
        new("ledger_year_missing", 0.008, "no birth year in the ledger"),
        new("sex_wrong", 0.003, "the other sex ticked"),
        new("number_missing", 0.044, "no number in the roll (证件类型 99)"),
        new("number_old_15", 0.004, "the number of the 1989 standard, 15 digits"),
        new("number_typing", 0.004, "one digit wrong"),
        new("number_swap", 0.003, "two neighbouring characters exchanged"),
        new("number_written_otherwise", 0.01, "full-width digits, a lower-case x, spaces"),
        new("number_double", 0.005, "a second valid number of the same person"),
        new("number_of_relative", 0.0012, "the number of somebody else of the household"),
        new("number_of_guardian", 0.004, "a guardian's number on a child"),
        new("number_of_stranger", 0.0012, "the number of somebody else altogether"),
        new("number_given_twice", 0.0012, "the police gave one number to two people of one day and sex (重号)"),
        new("number_spreadsheet", 0.002, "what a spreadsheet leaves of eighteen digits: 5.40102E+17, or fifteen and zeros"),
        new("number_other_paper", 0.002, "a passport or permit in place of the number, in the roll"),
        new("number_x_of_another_script", 0.15, "Х, Χ or × for the X that one number in eleven ends with"),
        new("phone_of_household", 0.2, "the household's telephone instead of one's own"),
        new("phone_old", 0.12, "a telephone number given up since"),
        new("address_of_registration", 0.15, "the registered address in the roll, of those who live elsewhere"),
        new("address_short", 0.45, "3-2-301 without district and street"),
        new("address_nickname", 0.02, "the estate's short name"),
        new("address_without_street", 0.05, "the street left out"),
        new("address_street_cut", 0.03, "the street by another ending than 街道, or by none"),
        new("address_lane", 0.015, "号院, 弄 or # instead of 号, 幢 and 号楼 instead of 栋"),
        new("address_full_width", 0.008, "full-width digits"),
        new("address_note", 0.01, "a remark behind the address"),
        new("newborn_twice", 0.25, "a newborn who stands in the roll as 某某之子, entered again by name"),
        new("death_without_number", 0.12, "no number in the death register, of those whose registration was cancelled for it"),
        new("twins", 0.02, "two children born on one day to one mother"),
        new("namesake_in_building", 0.003, "the same name and birth year in one building"),
        new("two_households_one_dwelling", 0.02, "two households in one dwelling"),
        new("dup_file", 0.0016, "stands twice in a full list, respelled"),
        new("dup_insured", 0.002, "insured twice"),
        new("insured_elsewhere", 0.003, "insured in another province too"),
        new("dead_insured", 0.33, "the dead whose insurance goes on"),
        new("newborn_uninsured", 0.12, "newborns that nobody insured"),
        new("student_uninsured", 0.06, "students that nobody insured"),
        new("empty_registration", 0.018, "registered, and gone without a trace"),
        new("separated", 0.077, "lives in another street than the registration"),
        new("cancelled_insured", 0.001, "registration cancelled, insurance not"),
        new("left_insured", 0.002, "moved to another province, insurance not ended"),
    ];
}

/// <summary>Decides where an error strikes, by the seed alone, and counts.</summary>
internal sealed class ErrorDice
{
    private readonly DemoOptions options;
    private readonly Dictionary<string, Tally> tallies;

    public ErrorDice(DemoOptions options)
    {
        this.options = options;
        tallies = RegisterErrors.All.ToDictionary(
            error => error.Name, error => new Tally(Dice.Topic(error.Name), options.HeldOut.Contains(error.Name) ? 0 : error.Rate));
    }

    public ulong Seed => options.Seed;

    public DateOnly ReferenceDay => options.ReferenceDay;

    public IReadOnlyDictionary<string, int> Counts => tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Count);

    /// <param name="subject">The person or row that could have it; the same subject always meets the same fate.</param>
    public bool Strikes(string name, long subject, double times = 1)
    {
        var tally = tallies[name];
        return Dice.Of(options.Seed, tally.Topic, subject).Chance(tally.Rate * times);
    }

    /// <summary>Called when the error has really been written: not every name can be shortened, not every number has 15 digits.</summary>
    public void Count(string name) => tallies[name].Count++;

    private sealed class Tally(ulong topic, double rate)
    {
        public ulong Topic { get; } = topic;

        public double Rate { get; } = rate;

        public int Count { get; set; }
    }
}
