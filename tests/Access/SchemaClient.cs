using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Legwork.Access.Tests;

/// <summary>
/// Reads a description and sends what it allows, what lies at its edges, and what it does not: values of other kinds, missing and unknown
/// fields, odd words, other kinds of content, torn bodies. What comes back is compared with what the description says.
/// </summary>
internal sealed class SchemaClient(JsonElement document, int seed)
{
    private const int BodiesOfEach = 120;

    private static readonly string[] Odd = ["", " ", "null", "undefined", "NaN", "-1", "9".PadLeft(400, '9'), "a\0b", "\ud800",
        "<script>alert(1)</script>", "' or 1=1 --", "../../etc/passwd", "%00", "%s%n", "{{7*7}}", "\u202Eabc", "ﷺ", "卓玛", "བཀྲ་ཤིས།",
        "2026-02-30", "9999-12-31T23:59:59.9999999+14:00", "00000000-0000-0000-0000-000000000000", "0197f0a4-c1d2-7c3e-8f5a-6b7c8d9e0f10",
        "data:image/png;base64,AAAA", "not_home", "take_back",
        "\r\nX-Odd: 1"];

    private readonly Random random = new(seed);

    public int Asked { get; private set; }

    public HashSet<int> Statuses { get; } = [];

    /// <returns>Each answer that is not as described.</returns>
    public async Task<IReadOnlyList<string>> Ask(Visitor visitor, string? token)
    {
        var faults = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                foreach (var (request, said) in Requests(path.Name, operation.Name, operation.Value, token))
                {
                    using (request)
                    {
                        request.Headers.Accept.ParseAdd("application/json");
                        using var answer = await visitor.Send(request);
                        Asked++;
                        Statuses.Add((int)answer.StatusCode);
                        if (await Wrong(operation.Value, answer) is { } wrong) faults.Add($"{operation.Name} {path.Name} with {said}: {wrong}");
                    }
                }
        return faults;
    }

    private IEnumerable<(HttpRequestMessage, string)> Requests(string path, string method, JsonElement operation, string? token)
    {
        var writes = method != "get";
        HttpRequestMessage To(string query, HttpContent? content = null, string? with = null)
        {
            var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path + query) { Content = content };
            if (writes && (with ?? token) is { Length: > 0 } sent) request.Headers.TryAddWithoutValidation("X-CSRF-TOKEN", sent);
            return request;
        }

        yield return (To("", writes ? Json("{}") : null), "nothing");
        foreach (var odd in Odd.Where(odd => !odd.Contains('\ud800')))
            yield return (To($"?odd={Uri.EscapeDataString(odd)}", writes ? Json("{}") : null), $"the query {odd}");
        foreach (var parameter in operation.TryGetProperty("parameters", out var named) ? named.EnumerateArray().ToList() : [])
            if (parameter.GetProperty("in").GetString() == "query")
                foreach (var odd in Odd.Where(odd => !odd.Contains('\ud800')))
                    yield return (To($"?{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(odd)}"), $"{parameter} {odd}");
        if (!operation.TryGetProperty("requestBody", out var body)) yield break;
        yield return (To("", Json("{}"), with: "no token of ours"), "a wrong token");
        foreach (var (type, text) in new[]
        {
            ("text/plain", "{}"), ("application/xml", "<a/>"), ("application/json; charset=utf-16", "{}"),
            ("application/x-www-form-urlencoded", "a=b"),
            ("multipart/form-data; boundary=x", "--x"), ("application/json", ""), ("application/json", "{"), ("application/json", "[1,"),
            ("application/json", "null"), ("application/json", "7"), ("application/json", "\"a\""), ("application/json", "{\"items\":[{}]}"),
            ("application/json", string.Concat(Enumerable.Repeat("[", 2_000))), ("application/json", "{\"items\":1e999}"),
        })
            yield return (To("", As(type, text)), $"{type} {text[..Math.Min(text.Length, 40)]}");
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        for (var i = 0; i < BodiesOfEach; i++)
        {
            var wrong = i % 4 == 0 ? 0 : i % 4;
            var made = Made(schema, ref wrong, 0)?.ToJsonString() ?? "null";
            yield return (To("", Json(made)), made.Length > 300 ? made[..300] : made);
        }
    }

    /// <summary>A value as the schema asks, with so many things wrong in it.</summary>
    private JsonNode? Made(JsonElement asked, ref int wrong, int depth)
    {
        var schema = Resolved(asked);
        if (wrong > 0 && random.Next(4) == 0)
        {
            wrong--;
            return random.Next(7) switch
            {
                0 => null,
                1 => JsonValue.Create(random.NextDouble() * 1e18),
                2 => JsonValue.Create(true),
                3 => new JsonArray(1, "two", null),
                4 => new JsonObject { ["odd"] = "field" },
                5 => JsonValue.Create(new string('长', 3_000)),
                _ => JsonValue.Create(Odd[random.Next(Odd.Length)].Replace("\ud800", "\\ud800")),
            };
        }
        if (depth > 8) return null;
        switch (Kinds(schema).FirstOrDefault(kind => kind != "null" || random.Next(3) == 0) ?? Kinds(schema).FirstOrDefault() ?? "")
        {
            case "object":
                var made = new JsonObject();
                foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [])
                {
                    if (wrong > 0 && random.Next(6) == 0) wrong--;
                    else made[property.Name] = Made(property.Value, ref wrong, depth + 1);
                }
                if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
                    made[Odd[16]] = Made(more, ref wrong, depth + 1);
                return made;
            case "array":
                var items = new JsonArray();
                for (var count = random.Next(0, 4) * (random.Next(8) == 0 ? 5 : 1); count > 0; count--)
                    items.Add(Made(schema.GetProperty("items"), ref wrong, depth + 1));
                return items;
            case "integer": return JsonValue.Create(new[] { 0L, 1, -1, int.MaxValue, long.MaxValue, long.MinValue }[random.Next(6)]);
            case "number": return JsonValue.Create(new[] { 0.0, -1.5, 1e300, double.Epsilon }[random.Next(4)]);
            case "boolean": return JsonValue.Create(random.Next(2) == 0);
            case "null": return null;
            default:
                return JsonValue.Create((schema.TryGetProperty("format", out var format) ? format.GetString() : "") switch
                {
                    "uuid" => new Guid(random.Next(), 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(),
                    "date-time" => new[] { "2026-11-22T04:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z" }[random.Next(3)],
                    _ => Odd[random.Next(Odd.Length)].Replace("\ud800", ""),
                });
        }
    }

    /// <returns>Null when the answer is as described.</returns>
    private async Task<string?> Wrong(JsonElement operation, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status == 500) return "a fault";
        if (!operation.GetProperty("responses").TryGetProperty($"{status}", out var described)) return $"{status} is not described";
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (!described.TryGetProperty("content", out var contents)) return type is null ? null : $"{status} has no content, and {type} came";
        if (type is null || !contents.TryGetProperty(type, out var content)) return $"{status} as {type} is not described";
        using var body = JsonDocument.Parse(await Visitor.Text(answer));
        if (Unlike(content.GetProperty("schema"), body.RootElement, "") is { } unlike) return $"{status}: {unlike}";
        return type != "application/problem+json" || described.GetProperty("description").GetString()!
            .Contains($"`{body.RootElement.GetProperty("code").GetString()}`") ? null
            : $"{status} with a code that is not described: {body.RootElement}";
    }

    private string? Unlike(JsonElement asked, JsonElement value, string at)
    {
        var schema = Resolved(asked);
        foreach (var any in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(any, out var choices))
                return choices.EnumerateArray().Any(choice => Unlike(choice, value, at) is null) ? null : $"{at} is none of its kinds";
        var kinds = Kinds(schema);
        if (kinds.Count > 0 && !kinds.Contains(KindOf(value)) && !(KindOf(value) == "integer" && kinds.Contains("number")))
            return $"{at} is {KindOf(value)} and not {string.Join(" or ", kinds)}";
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().ToList() : [])
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"{at}.{name} is missing";
            if (schema.TryGetProperty("properties", out var properties))
                foreach (var property in value.EnumerateObject())
                {
                    if (!properties.TryGetProperty(property.Name, out var of)) return $"{at}.{property.Name} is not described";
                    if (Unlike(of, property.Value, $"{at}.{property.Name}") is { } wrong) return wrong;
                }
        }
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            return value.EnumerateArray().Select(item => Unlike(items, item, $"{at}[]")).FirstOrDefault(wrong => wrong is not null);
        return null;
    }

    private JsonElement Resolved(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var found = document;
            foreach (var part in reference.GetString()![2..].Split('/')) found = found.GetProperty(part);
            schema = found;
        }
        return schema;
    }

    private static List<string> Kinds(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(kind => kind.GetString()!)] : [type.GetString()!];

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };

    private static ByteArrayContent Json(string text) => As("application/json", text);

    private static ByteArrayContent As(string type, string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
