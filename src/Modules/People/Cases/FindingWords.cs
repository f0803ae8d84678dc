using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.People.Cases;

/// <summary>What a case's question names of the person, as the finding that raised it knows it.</summary>
internal static class FindingWords
{
    /// <returns>The arguments of each file's findings that are not gone, the oldest first.</returns>
    public static async Task<ILookup<PersonId, Dictionary<string, string>>> Of(Session session, IReadOnlyCollection<PersonId> files)
    {
        var found = files.Count == 0 ? [] : await session.QueryAsync<Written>($"""
            select file, args from people_finding where {session.Among("file", "files")} and state <> 'gone' order by opened_at
            """, new { files = files.Select(file => file.Value).ToArray() });
        return found.ToLookup(finding => finding.File, finding => JsonSerializer.Deserialize<Dictionary<string, string>>(finding.Args)!);
    }

    public static void Add(Dictionary<string, string> words, IEnumerable<Dictionary<string, string>> findings, string name, PlaceNames places, T t)
    {
        foreach (var args in findings)
        {
            Take("school", "school");
            Take("days", "days");
            Take("died_on", "date");
            Take("on", "date");
            Take("province", "province");
            // Lists write streets in Chinese; a question names them as its reader does.
            if (args.TryGetValue("registered", out var registered)) words["registered"] = places.Called(registered, t.Language);
            if (args.TryGetValue("lives", out var lives)) words["lives"] = places.Called(lives, t.Language);
            if (args.TryGetValue("name_b", out var other)) words["other"] = other == name ? args.GetValueOrDefault("name_a", other) : other;
            if (args.ContainsKey("scheme_a") && args.GetValueOrDefault("rows", "").Split('、') is [var first, var second, ..])
                (words["first"], words["second"]) = (t["people.word.roll_row", first], t["people.word.roll_row", second]);

            void Take(string arg, string word)
            {
                if (!args.TryGetValue(arg, out var value) || value == "—") return;
                words[word] = VagueDate.TryParse(value, out var date) && date.IsExact ? t.Date(date) : t.Called(value);
            }
        }
    }

    private sealed record Written(PersonId File, string Args);
}
