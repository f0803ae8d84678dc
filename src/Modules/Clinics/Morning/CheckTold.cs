using System.Text.Json;

namespace Legwork.Clinics.Morning;

/// <summary>What was measured and answered before a vaccination; it lies sealed with the act.</summary>
/// <param name="From">Which version of the questions was asked.</param>
/// <param name="Speaks">What leads to the doctor: codes of questions, or <c>temperature</c>.</param>
internal sealed record CheckTold(double Celsius, DateOnly From, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<string> Speaks)
{
    public string Written() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static CheckTold? Read(string? written) =>
        written is null ? null : JsonSerializer.Deserialize<CheckTold>(written, JsonSerializerOptions.Web);
}
