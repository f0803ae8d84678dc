using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.Immunization;

/// <summary>Takes a clinic's export, read by the layout <c>clinics/doses.yaml</c> of the district.</summary>
internal sealed class TakeDoses(Store store, IPersonCards persons, RuleBooks rules, PlatformPlaces places, TimeProvider clock)
{
    private const int RowsPerUnit = 5_000;
    private static readonly string[] Columns = ["person", "given_on", "vaccine", "lot", "site", "source", "province", "evidence", "note", "account", "actor", "learned_at"];

    /// <returns>Refusals: <c>registers.*</c> of a file that is no such list.</returns>
    public async Task<Outcome<DosesTaken>> Run(string path, Actor actor, Action<string, double>? progress)
    {
        var layouts = LayoutBook.Load(Path.Combine(places.DistrictFolder, "clinics"));
        if (!layouts.Ok) return layouts.Refusal!;
        var name = Path.GetFileName(path);
        if (layouts.Value.Match(name) is not { } match) return Refusal.Of("immunization.import.name", $"'{name}' is not called like a list of doses.");
        var assessed = RegisterFile.Assess(path, match.Layout, match.Period);
        if (assessed.Verdict == Verdict.Refuse) return assessed.Refusals[0].ToRefusal();
        if (store.Read(session => session.First<TakenRow>("select rows from immunization_import where digest = @ContentDigest", new { assessed.ContentDigest })) is { } taken)
            return new DosesTaken(name, (int)taken.Rows, 0, (int)taken.Rows, []);
        var opened = RegisterFile.Open(path, match.Layout);
        if (!opened.Ok) return opened.Refusal!;
        var (fresh, known, leftOut) = Read(opened.Value, actor, assessed.Rows, progress);
        foreach (var chunk in fresh.Chunk(RowsPerUnit)) await store.Write(session => Store.Bulk(session, "immunization_dose", Columns, chunk));
        await store.Write(session => session.Execute("""
            insert into immunization_import (file_name, digest, rows, learned, known, unknown, account, at) values (@name, @ContentDigest, @Rows, @learned, @known, @unknown, @Account, @now)
            """, new { name, assessed.ContentDigest, assessed.Rows, learned = fresh.Count, known, unknown = leftOut.Count, actor.Account, now = clock.GetUtcNow() }));
        progress?.Invoke("doses", 1);
        return new DosesTaken(name, assessed.Rows, fresh.Count, known, leftOut);
    }

    private (List<object?[]> Fresh, int Known, List<RowLeftOut> LeftOut) Read(RegisterFile file, Actor actor, int rows, Action<string, double>? progress)
    {
        var book = rules.On(clock.Today()).Book;
        var told = store.Read(DoseRow.Everybody).Select(dose => (dose.Person, dose.GivenOn, dose.Vaccine)).ToHashSet();
        var found = new Dictionary<(string?, string, DateOnly), PersonId?>();
        var (fresh, known, leftOut, now) = (new List<object?[]>(), 0, new List<RowLeftOut>(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var row in file.Rows())
        {
            if (row.Number % RowsPerUnit == 0) progress?.Invoke("doses", (double)row.Number / Math.Max(rows, 1));
            if (book.Written(row["vaccine"] ?? "") is not { } vaccine) leftOut.Add(new RowLeftOut(row.Number, "vaccine"));
            else if (Day(row, "given_on") is not { } on || Day(row, "birth") is not { } birth || on < birth) leftOut.Add(new RowLeftOut(row.Number, "date"));
            else if (Person(row, birth) is not { } person) leftOut.Add(new RowLeftOut(row.Number, "person"));
            else if (!told.Add((person, DoseRow.Iso(on), vaccine.Code))) known++;
            else fresh.Add([person.Value, DoseRow.Iso(on), vaccine.Code, row["lot"] ?? "", row["site"] ?? "", row["clinic"] ?? file.Layout.Source, row["province"] ?? "", "list", "", actor.Account, actor.Name, now]);
        }
        return (fresh, known, leftOut);

        PersonId? Person(RegisterRow row, DateOnly birth)
        {
            var key = (row["number"], row["name"] ?? "", birth);
            if (!found.TryGetValue(key, out var person)) found.Add(key, person = persons.Find(key.Item1, key.Item2, birth) ?? (key.Item1 is null ? null : persons.Find(null, key.Item2, birth)));
            return person;
        }
    }

    private static DateOnly? Day(RegisterRow row, string field) => row[field] is { } text && VagueDate.TryParse(text, out var date) && date.Day > 0 ? date.Earliest : null;

    private sealed record TakenRow(long Rows);
}
