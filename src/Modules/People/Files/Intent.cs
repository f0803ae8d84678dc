using Legwork.Kernel;
using Legwork.People.Contracts;

namespace Legwork.People.Files;

/// <summary>What somebody means to do about insurance, as a statement holds it: a result, and behind a promise the day by which.</summary>
internal static class Intent
{
    public const string Field = "insurance_intent";

    /// <summary>The findings that being insured ends.</summary>
    public static readonly IReadOnlySet<string> Settles = new HashSet<string>(StringComparer.Ordinal) { "newborn_uninsured", "student_uninsured" };

    public static string Promise(string? by) => string.IsNullOrEmpty(by) ? CaseResults.WillInsure : $"{CaseResults.WillInsure} {by}";

    public static bool IsPromise(string value, out VagueDate by)
    {
        by = default;
        return value.StartsWith(CaseResults.WillInsure + " ", StringComparison.Ordinal)
            && VagueDate.TryParse(value.AsSpan(CaseResults.WillInsure.Length + 1), out by);
    }
}
