using Legwork.Kernel;

namespace Legwork.People.Records;

/// <summary>
/// One row of an office's list as it is held in memory: the fields that matching, findings and pages use by name; everything else
/// that the layout knows stays in <see cref="Others"/>.
/// </summary>
internal sealed class Record
{
    public long Id { get; init; }

    public long Lineage { get; init; }

    public long Import { get; init; }

    /// <summary>The list's title, as its office writes it.</summary>
    public required string Source { get; init; }

    /// <summary>What the list means (<see cref="Sources"/>); its title when it means nothing known.</summary>
    public string Means { get => field ?? Source; init; }

    /// <summary>1-based row in the latest file of its source; 0 when it stands in none of them.</summary>
    public int Row { get; set; }

    public PersonId? File { get; set; }

    public string? Name { get; set; }

    public string? FormerName { get; set; }

    public string? NameBo { get; set; }

    public Sex Sex { get; set; }

    /// <summary>In one form, valid or not; null when the row has none.</summary>
    public string? Number { get; set; }

    public bool NumberIsValid { get; set; }

    /// <summary>What the number is, by its form and by the kind of paper where the list names it; lost when there is none.</summary>
    public NumberForm NumberForm =>
        Number is null ? NumberForm.Lost : ResidentNumber.FormOf(Number, IsOtherPaper(Others?.GetValueOrDefault("id_kind")));

    /// <summary>The number, unless a spreadsheet or a mask left too little of it to be anybody's.</summary>
    public string? OwnNumber => NumberForm == NumberForm.Lost ? null : Number;

    /// <summary>As written in the list, not taken from the number.</summary>
    public VagueDate Birth { get; set; }

    public string? Address { get; set; }

    public string? Street { get; set; }

    public string? Grid { get; set; }

    public string? Phone { get; set; }

    public string? HouseholdNo { get; set; }

    public string? Relation { get; set; }

    /// <summary>active, suspended, ended.</summary>
    public string? Status { get; set; }

    public string? Scheme { get; set; }

    public string? CancelledReason { get; set; }

    /// <summary>in or out.</summary>
    public string? Direction { get; set; }

    public string? ToAddress { get; set; }

    public string? Head { get; set; }

    /// <summary>usual, rented, vacant, away.</summary>
    public string? DwellingState { get; set; }

    public string? Guardian { get; set; }

    public string? MotherNumber { get; set; }

    public string? FatherNumber { get; set; }

    /// <summary>The day of the event (death, move, cancellation) where the list has one.</summary>
    public VagueDate On { get; set; }

    public Dictionary<string, string>? Others { get; set; }

    /// <summary>The dwelling that the address resolves to, in the one form of Places; null when it does not.</summary>
    public string? Dwelling { get; set; }

    /// <summary>Whether the address names one dwelling of the list, or lies outside the district.</summary>
    public bool IsResolved { get; set; }

    /// <summary>证件类型 01 is the resident's card and 99 nothing; every other code or word is another paper.</summary>
    private static bool? IsOtherPaper(string? kind) => kind?.TrimStart('0') switch
    {
        null or "" or "99" or "其他" or "无" => null,
        "1" or "居民身份证" or "身份证" or "二代身份证" => false,
        _ => true,
    };

    /// <summary>A row of an empty dwelling is about nobody.</summary>
    public bool IsPerson => DwellingState != "vacant" || !string.IsNullOrEmpty(Name);
}
