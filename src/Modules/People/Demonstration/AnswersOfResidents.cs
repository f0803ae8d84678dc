using Legwork.Cases.Contracts;
using Legwork.Platform.Districts;

namespace Legwork.People.Demonstration;

/// <summary>What invented residents answer in a demonstration, by kind of case, stage and a number from 0 to 99.</summary>
internal static class AnswersOfResidents
{
    public static InventedAnswer? For(string kind, string stage, int of100, DistrictFacts facts) => kind switch
    {
        "empty_registration" => of100 switch
        {
            < 60 => new("lives_here"),
            < 90 => new("moved_away", Text: facts.City + "外"),
            _ => new("away_lawfully")
        },
        "separated" => of100 switch { < 88 => new("lives_here"), _ => new("moved_away", Text: facts.City + "外") },
        "insured_elsewhere" => of100 < 55 ? new("keep_here") : new("not_insured_there"),
        "newborn_uninsured" => new("will_insure", ByDate: true),
        "student_uninsured" => of100 switch
        {
            < 80 => new("will_insure", ByDate: true),
            < 92 => new("insured_there", Text: facts.Province),
            _ => new("hardship")
        },
        "left_insured" or "cancelled_insured" => new("keep_here"),
        "dup_file" => new("two_persons"),
        "dup_insured" => new("keep_first", Signed: true),
        "number_shared" or "number_double" or "number_typo" => stage == "call" ? null : new("number_confirmed", Signed: true),
        "correction" => of100 < 75 ? new("correction_accepted", Signed: true) : new("correction_refused", Text: "与身份证件不符"),
        "birth_conflict" => stage == "call" ? null : new("birth_confirmed", Signed: true),
        _ => null,
    };
}
