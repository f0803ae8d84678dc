using System.Text.Json;
using Legwork.Platform.Access;

namespace Legwork.People.Files;

/// <summary>What of a file's values a purpose opens: by field, and less what tells of imprisonment or illness.</summary>
internal sealed class ShownValues(Sensitive sensitive)
{
    private const string Closed = "•••";

    public IReadOnlyList<InForce> Of(IReadOnlyList<InForce> held, Purpose purpose) =>
        [.. held.Where(value => purpose.Opens(value.Rule.Shows)).Select(value => Shown(value, purpose)).OfType<InForce>()];

    /// <summary>Whether a text may be shown to this purpose.</summary>
    public bool MayShow(string text, Purpose purpose) => sensitive.FieldOf(text) is not { } field || purpose.Opens(field);

    /// <summary>A finding's sentence is put together from what its rows say; the part that is closed is left out of it.</summary>
    public FindingLine Of(FindingLine finding, Purpose purpose)
    {
        if (MayShow(finding.Args, purpose)) return finding;
        var args = JsonSerializer.Deserialize<Dictionary<string, string>>(finding.Args)!;
        return finding with
        {
            Args = JsonSerializer.Serialize(args.ToDictionary(arg => arg.Key, arg => MayShow(arg.Value, purpose) ? arg.Value : Closed))
        };
    }

    /// <summary>A closed value is left out; others about the same attribute remain.</summary>
    private InForce? Shown(InForce held, Purpose purpose)
    {
        var shown = held.Values.Where(value => MayShow(value.Value, purpose)).ToList();
        return shown.Count == 0 ? null : shown.Count == held.Values.Count ? held : held with { Values = shown };
    }
}
