using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Corrections;

/// <param name="Said">What was typed, shown again beside what is wrong.</param>
internal sealed record StatementModel(FileView View, IReadOnlyList<AttributeRule> Rules,
    IReadOnlyDictionary<string, string> Said, Refusal? Wrong);

internal sealed record AskModel(FileView View, string Address, IReadOnlyList<AttributeRule> Rules,
    IReadOnlyDictionary<string, string> Said, Refusal? Wrong);

internal static class CorrectionField
{
    /// <summary>The field of either form that a refusal is about.</summary>
    public static string Of(string code) => code switch
    {
        "people.correction.why" => "why",
        "people.statement.which" or "people.statement.field" or "people.statement.no_row" or "people.correction.too_many" => "field",
        "people.statement.evidence" => "evidence",
        "people.statement.note" => "note",
        "people.statement.true_from" => "from",
        _ => "value",
    };
}
