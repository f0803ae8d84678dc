using Legwork.Platform.Districts;
using Legwork.Registers;

namespace Legwork.People.Records;

/// <summary>Which of the district's lists is which: the titles that its offices give them, and what each means (<see cref="Sources"/>).</summary>
internal sealed class DistrictLists
{
    /// <summary>What a list must tell so that it can mean this: without one of these columns its findings would be silently wrong.</summary>
    private static readonly Dictionary<string, string[]> Tells = new(StringComparer.Ordinal)
    {
        [Sources.Household] = ["name", "number", "household_no", "relation", "birth", "address", "registered_on", "cancelled_reason", "cancelled_on"],
        [Sources.Roll] = ["name", "number", "scheme", "status"],
        [Sources.Births] = ["name", "birth", "mother_number"],
        [Sources.Deaths] = ["name", "number", "died_on"],
        [Sources.Moves] = ["name", "number", "direction", "from_address", "to_address", "on"],
        [Sources.Elsewhere] = ["name", "number", "province", "scheme", "status"],
        [Sources.Students] = ["name", "number", "school", "grade"],
        [Sources.Ledger] = ["name", "grid", "address", "dwelling_state"],
        [Sources.Addresses] = ["address", "grid"],
    };

    private readonly Dictionary<string, string> meanings = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> titles = new(StringComparer.Ordinal);

    /// <param name="folder">The district's folder <c>registers</c>.</param>
    /// <exception cref="FormatException">A layout is wrong, means nothing known or what another means; file and line are named.</exception>
    public static DistrictLists Load(string folder)
    {
        var lists = new DistrictLists();
        if (!Directory.Exists(folder)) throw new FormatException($"{folder}:1: the folder of the lists' layouts is missing.");
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var read = LayoutBook.Parse(File.ReadAllText(path), path);
            if (!read.Ok) throw new FormatException(read.Refusal!.Message);
            lists.Add(read.Value, path);
        }
        foreach (var needed in new[] { Sources.Household, Sources.Addresses })
            if (!lists.titles.ContainsKey(needed))
                throw new FormatException($"{folder}:1: no layout says 'means: {needed}', and without that list there are no files.");
        return lists;
    }

    /// <summary>What a list means; a list that means nothing known goes by its title.</summary>
    public string Meaning(string title) => meanings.GetValueOrDefault(title, title);

    /// <summary>What the offices call the list that means this; the word itself where the district has none.</summary>
    public string Title(string means) => titles.GetValueOrDefault(means, means);

    private void Add(Layout layout, string path)
    {
        if (meanings.ContainsKey(layout.Source)) throw DistrictFile.Wrong(path, "source", $"{layout.Source} has another layout already");
        var known = layout.Means.Length == 0 ? layout.Source : Tells.Keys.FirstOrDefault(word => word == layout.Means)
            ?? throw DistrictFile.Wrong(path, "means", $"'{layout.Means}' is none of {string.Join(", ", Tells.Keys)}");
        meanings.Add(layout.Source, known);
        if (layout.Means.Length == 0) return;
        if (!titles.TryAdd(known, layout.Source)) throw DistrictFile.Wrong(path, "means", $"{titles[known]} means '{known}' already");
        if (Tells[known].Where(field => layout.IndexOf(field) < 0).ToList() is { Count: > 0 } missing)
            throw DistrictFile.Wrong(path, "columns", $"a list that means '{known}' tells {string.Join(", ", missing)}, and no column does");
    }
}
