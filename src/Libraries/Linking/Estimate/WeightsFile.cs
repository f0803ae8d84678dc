using System.Globalization;
using System.Text.Json;

namespace Legwork.Linking;

/// <summary>
/// Weights kept as JSON between runs, terms included, so that a later run with them gives what an earlier one would have given.
/// </summary>
public static class WeightsFile
{
    /// <summary>Writes the weights; the same weights give the same bytes.</summary>
    public static void Write(Weights weights, Stream to)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteNumber("prior", weights.Prior);
        Numbers(json, "passes", weights.Passes.Select(p => (double)p));
        json.WriteStartArray("comparisons");
        for (var c = 0; c < weights.Comparisons.Count; c++)
        {
            json.WriteStartObject();
            json.WriteString("name", weights.Comparisons[c].Name);
            Numbers(json, "m", weights.M[c]);
            Numbers(json, "u", weights.U[c]);
            json.WriteStartObject("terms");
            for (var a = 0; a < weights.Terms[c].Length; a++)
            {
                if (weights.Terms[c][a] is not { } terms) continue;
                json.WriteStartObject($"{a}");
                foreach (var (key, count) in terms.Counts.OrderBy(t => t.Key, StringComparer.Ordinal)) json.WriteNumber(key, count);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads weights for a model.</summary>
    /// <exception cref="ModelException">They were estimated for other comparisons, or are damaged; estimate afresh.</exception>
    public static Weights Read(LinkModel model, Stream from)
    {
        try
        {
            using var document = JsonDocument.Parse(from);
            var root = document.RootElement;
            var weights = new Weights(model.Comparisons)
            {
                Prior = root.GetProperty("prior").GetDouble(),
                Passes = [.. root.GetProperty("passes").EnumerateArray().Select(p => p.GetInt32())]
            };
            var stored = root.GetProperty("comparisons").EnumerateArray().ToArray();
            if (stored.Length != model.Comparisons.Count || weights.Passes.Any(p => p < 0 || p >= model.Blocking.Keys.Count)) throw Other(model);
            for (var c = 0; c < stored.Length; c++) Read(model, weights, c, stored[c]);
            return weights;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelException(model.Name, 0, $"the stored weights cannot be read ({e.Message}); estimate them afresh");
        }
    }

    private static void Read(LinkModel model, Weights weights, int c, JsonElement stored)
    {
        var comparison = model.Comparisons[c];
        var (m, u) = (stored.GetProperty("m"), stored.GetProperty("u"));
        if (stored.GetProperty("name").GetString() != comparison.Name || m.GetArrayLength() != comparison.Answers
            || u.GetArrayLength() != comparison.Answers) throw Other(model);
        for (var a = 0; a < comparison.Answers; a++) (weights.M[c][a], weights.U[c][a]) = (m[a].GetDouble(), u[a].GetDouble());
        foreach (var level in stored.GetProperty("terms").EnumerateObject())
        {
            if (!int.TryParse(level.Name, CultureInfo.InvariantCulture, out var answer)
                || answer < 1 || answer > comparison.Levels.Count) throw Other(model);
            weights.Terms[c][answer] = TermFrequencies.From(comparison.Levels[answer - 1], comparison,
                level.Value.EnumerateObject().Select(t => KeyValuePair.Create(t.Name, t.Value.GetInt32())));
        }
    }

    private static ModelException Other(LinkModel model) =>
        new(model.Name, 0, "the stored weights belong to other comparisons than the model's; estimate them afresh");

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
