using Legwork.Kernel;
using Legwork.Cases.Rules;
using Legwork.Platform.Secrets;

namespace Legwork.Cases.Domain;

/// <summary>A number that an answer carries is sealed before it is stored or told, so that it lies open nowhere.</summary>
internal static class SealedDetails
{
    private static readonly string Number = Words.Of(DetailKind.Number);

    public static Step Seal(Step step, NumberVault vault) => !step.Body.TryGetValue(Number, out var number) ? step
        : Replace(step, Convert.ToBase64String(vault.Seal(number)));

    /// <summary>As it may be shown: masked.</summary>
    public static string Shown(string detail, string value, NumberVault vault) =>
        detail == Number ? ResidentNumber.Mask(vault.Open(Convert.FromBase64String(value))) : value;

    private static Step Replace(Step step, string @sealed) => step with
    {
        Body = With(step.Body, @sealed),
        After = step.After.Details.ContainsKey(Number) ? step.After with { Details = With(step.After.Details, @sealed) } : step.After,
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> details, string @sealed) =>
        new(details, StringComparer.Ordinal) { [Number] = @sealed };
}
