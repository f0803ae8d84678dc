using Legwork.Cases.Contracts;

namespace Legwork.People.Contracts;

/// <summary>
/// The results that cases about persons lead to (<c>rules/cases/people.yaml</c>), as People hears them. Those marked * may end an
/// entitlement: the rules must ask evidence and a supervisor for them, or they are refused at start.
/// </summary>
public static class CaseResults
{
    /// <summary>Lives at the dwelling asked about; detail <c>date</c>: since when, if known.</summary>
    public const string LivesHere = "lives_here";

    /// <summary>Left the district; detail <c>text</c>: where to.</summary>
    public const string MovedAway = "moved_away";

    /// <summary>Does not live at this dwelling, and nobody there knows where.</summary>
    public const string NotHere = "not_here";

    /// <summary>* Died; detail <c>date</c>.</summary>
    public const string Dead = "dead";

    /// <summary>Alive: the notice of death is wrong or is someone else's.</summary>
    public const string Alive = "alive";

    /// <summary>Away for a reason in law (service, settled abroad, other); the reason itself is not told.</summary>
    public const string AwayLawfully = "away_lawfully";

    /// <summary>空挂户 confirmed: registered, nobody lives there, no contact. Never ends insurance.</summary>
    public const string EmptyConfirmed = "empty_confirmed";

    public const string NoContact = "no_contact";
    public const string Refused = "refused";
    public const string Unknown = "unknown";

    /// <summary>The two files are one person.</summary>
    public const string OnePerson = "one_person";

    public const string TwoPersons = "two_persons";

    /// <summary>* Of two insurance records the first stays, and the other ends.</summary>
    public const string KeepFirst = "keep_first";

    /// <summary>* Of two insurance records the second stays, and the first ends.</summary>
    public const string KeepSecond = "keep_second";

    /// <summary>Stays insured here; the record elsewhere is to be ended there.</summary>
    public const string KeepHere = "keep_here";

    /// <summary>* Is insured elsewhere and leaves the insurance here; detail <c>place</c> or <c>text</c>: where.</summary>
    public const string KeepThere = "keep_there";

    /// <summary>Is not insured at the other place (any more).</summary>
    public const string NotInsuredThere = "not_insured_there";

    /// <summary>Is insured at another place already; detail <c>text</c>: where.</summary>
    public const string InsuredThere = "insured_there";

    /// <summary>
    /// Will be registered for insurance here; detail <c>by_date</c>: by when. A promise settles nothing: the finding stays open until the
    /// insurance office's list shows the person.
    /// </summary>
    public const string WillInsure = "will_insure";

    /// <summary>What a result does to the finding that was asked about: only what settles it answers it.</summary>
    public static bool Settles(string result) => result != WillInsure;

    /// <summary>Cannot pay: refer to aid.</summary>
    public const string Hardship = "hardship";

    public const string Unwilling = "unwilling";

    /// <summary>The number in question is this person's, seen on the card.</summary>
    public const string NumberConfirmed = "number_confirmed";

    /// <summary>The right number is another; detail <c>number</c>.</summary>
    public const string NumberCorrected = "number_corrected";

    /// <summary>The birth date in force is right.</summary>
    public const string BirthConfirmed = "birth_confirmed";

    /// <summary>Another birth date is right; detail <c>date</c>.</summary>
    public const string BirthCorrected = "birth_corrected";

    /// <summary>A citizen's correction is accepted.</summary>
    public const string CorrectionAccepted = "correction_accepted";

    /// <summary>A citizen's correction is refused; detail <c>text</c>: the reason owed to the citizen (PIPL art. 50).</summary>
    public const string CorrectionRefused = "correction_refused";

    /// <summary>What People contributes to the closed list.</summary>
    public static readonly IReadOnlyList<CaseResultKind> Kinds =
    [
        .. new[] { Dead, KeepFirst, KeepSecond, KeepThere }.Select(code => new CaseResultKind(code, MayEndEntitlement: true)),
        new(EmptyConfirmed, EvidenceMin: 2),
        .. new[]
        {
            LivesHere, MovedAway, NotHere, Alive, AwayLawfully, NoContact, Refused, Unknown, OnePerson, TwoPersons,
            KeepHere, NotInsuredThere, InsuredThere,
            WillInsure, Hardship, Unwilling, NumberConfirmed, NumberCorrected, BirthConfirmed, BirthCorrected, CorrectionAccepted, CorrectionRefused,
        }.Select(code => new CaseResultKind(code)),
    ];
}
