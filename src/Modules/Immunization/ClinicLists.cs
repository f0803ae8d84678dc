using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.Immunization;

/// <summary>A clinic's export, read by a layout of the district's folder <c>clinics</c>: what its lists of doses and of states
/// of health have in common.</summary>
internal sealed class ClinicLists(Store store, IPersonCards persons, PlatformPlaces places, DistrictFacts facts, TimeProvider clock)
{
    /// <summary>A list whose rows carry this field, assessed and open; or what became of it when it was taken before.</summary>
    /// <returns>Refusals: <c>immunization.import.name</c>, <c>registers.*</c> of a file that is no such list.</returns>
    public Outcome<ClinicList> Open(string path, string field)
    {
        var layouts = LayoutBook.Load(Path.Combine(places.DistrictFolder, "clinics"), new ListClock(facts.Zone, clock.Today()));
        if (!layouts.Ok) return layouts.Refusal!;
        var name = Path.GetFileName(path);
        if (layouts.Value.Match(name) is not { } match || match.Layout.IndexOf(field) < 0)
            return Refusal.Of("immunization.import.name", $"'{name}' is not called like a list of a clinic.");
        var assessed = RegisterFile.Assess(path, match.Layout, match.Period);
        if (assessed.Verdict == Verdict.Refuse) return assessed.Refusals[0].ToRefusal();
        var taken = store.Read(session =>
            session.First<TakenRow>("select rows from immunization_import where digest = @ContentDigest", new { assessed.ContentDigest }));
        return RegisterFile.Open(path, match.Layout)
            .Then<ClinicList>(file => new ClinicList(name, file, assessed.ContentDigest, assessed.Rows, taken is not null));
    }

    /// <summary>A district without clinics' lists has no such folder; a layout that is there can be read.</summary>
    /// <exception cref="FormatException">It cannot; file and line are named.</exception>
    public static void Check(string district)
    {
        var folder = Path.Combine(district, "clinics");
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            if (LayoutBook.Parse(File.ReadAllText(path), path) is { Ok: false, Refusal: { } wrong }) throw new FormatException(wrong.Message);
    }

    /// <summary>Remembers that the list was taken, after its last rows.</summary>
    public DosesTaken Taken(Session session, ClinicList list, int learned, int known, IReadOnlyList<RowLeftOut> leftOut, Actor actor)
    {
        session.Execute("""
            insert into immunization_import (file_name, digest, rows, learned, known, unknown, account, at)
                values (@Name, @Digest, @Rows, @learned, @known, @unknown, @Account, @now)
            """, new { list.Name, list.Digest, list.Rows, learned, known, unknown = leftOut.Count, actor.Account, now = clock.GetUtcNow() });
        return new DosesTaken(list.Name, list.Rows, learned, known, leftOut);
    }

    /// <summary>Finds the persons of one list, each once.</summary>
    public Func<RegisterRow, DateOnly, PersonId?> Finder()
    {
        var found = new Dictionary<(string?, string, DateOnly), PersonId?>();
        return (row, birth) =>
        {
            var key = (row["number"], row["name"] ?? "", birth);
            if (!found.TryGetValue(key, out var person)) found.Add(key,
                person = persons.Find(key.Item1, key.Item2, birth) ?? (key.Item1 is null ? null : persons.Find(null, key.Item2, birth)));
            return person;
        };
    }

    public static DateOnly? Day(RegisterRow row, string field) => row[field] is { } text && VagueDate.TryParse(text, out var date) && date.Day > 0
        ? date.Earliest : null;

    private sealed record TakenRow(long Rows);
}

/// <param name="TakenBefore">The same content was taken; nothing is to be done.</param>
internal sealed record ClinicList(string Name, RegisterFile File, string Digest, int Rows, bool TakenBefore);
