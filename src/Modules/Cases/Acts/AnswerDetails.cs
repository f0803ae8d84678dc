using System.Globalization;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Acts;

/// <summary>What an answer carries besides its code, each checked by its kind and kept in one notation.</summary>
internal static class AnswerDetails
{
    private const int TextLengthMax = 200;

    /// <returns>The details in their stored notation; refusals <c>cases.detail_missing</c> and <c>cases.detail_…</c> name the detail.</returns>
    public static Outcome<IReadOnlyDictionary<string, string>> Check(AnswerRule rule, IReadOnlyDictionary<string, string> given, Setting setting)
    {
        var (details, wrong) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<Refusal>());
        foreach (var asked in rule.Asks)
        {
            var text = given.TryGetValue(asked.Code, out var value) ? (value ?? "").Trim() : "";
            if (text.Length == 0)
            {
                if (asked.Required) Wrong("missing", $"This answer needs '{asked.Code}'.");
            }
            else if (text.Length > TextLengthMax) Wrong("long", $"'{asked.Code}' has at most {TextLengthMax} characters.");
            else if (text.Any(char.IsControl))
                wrong.Add(Refusal.Of("cases.letters", "The text holds characters that cannot be shown. Type it again.") with { At = asked.Code });
            else if (Read(asked.Kind, text, setting) is { } read) details.Add(asked.Code, read);
            else Wrong(asked.Code, Advice(asked.Kind));

            void Wrong(string what, string message) => wrong.Add(Refusal.Of("cases.detail_" + what, message) with { At = asked.Code });
        }
        return Refusal.All(wrong) is { } refusal ? refusal : details;
    }

    private static string? Read(DetailKind kind, string text, Setting setting)
    {
        var today = setting.Calendar.DayOf(setting.Now);
        return kind switch
        {
            DetailKind.Date => VagueDate.TryParse(text, out var date) && date.Earliest <= today && date.Earliest.Year >= 1880
                ? date.ToString() : null,
            DetailKind.ByDate => VagueDate.TryParse(text, out var by) && by.Earliest == by.Latest
                && by.Earliest >= today && by.Earliest <= today.AddYears(2)
                ? by.Earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            DetailKind.Place => Place.IsCode(text) ? text : null,
            DetailKind.Number => ResidentNumber.TryParse(text, out var number) ? number.Reveal() : null,
            _ => text,
        };
    }

    private static string Advice(DetailKind kind) => kind switch
    {
        DetailKind.Date => "Write a day, month or year that has been, such as 2026-10-31, 2026-10 or 2026.",
        DetailKind.ByDate => "Write a day from today on, such as 2026-12-31.",
        DetailKind.Place => "Write the code of a grid, community or street of this district.",
        _ => "The check digit of this number does not match: look at the card again.",
    };
}
