using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization;

/// <summary>Takes a clinic's export of doses, read by the layout <c>clinics/doses.yaml</c> of the district.</summary>
internal sealed class TakeDoses(Store store, IPersonCards persons, ClinicLists lists, RuleBooks rules, TimeProvider clock)
{
    private static readonly string[] Columns = ["person", "given_on", "vaccine", "lot", "site", "source", "province", "evidence",
        "note", "account", "actor", "learned_at"];

    /// <returns>Refusals: <c>immunization.import.name</c>, <c>registers.*</c> of a file that is no such list.</returns>
    public async Task<Outcome<DosesTaken>> Run(string path, Actor actor, Action<string, double>? progress)
    {
        var opened = lists.Open(path, "vaccine");
        if (!opened.Ok) return opened.Refusal!;
        var list = opened.Value;
        if (list.TakenBefore) return new DosesTaken(list.Name, list.Rows, 0, list.Rows, []);
        var (fresh, known, leftOut) = await Read(list, actor, progress);
        foreach (var chunk in fresh.Chunk(Store.RowsPerUnit)) await store.Write(session => Store.Bulk(session, "immunization_dose", Columns, chunk));
        var taken = await store.Write(session => lists.Taken(session, list, fresh.Count, known, leftOut, actor));
        progress?.Invoke("doses", 1);
        return taken;
    }

    private async Task<(List<object?[]> Fresh, int Known, List<RowLeftOut> LeftOut)> Read(
        ClinicList list, Actor actor, Action<string, double>? progress)
    {
        var book = rules.On(clock.Today()).Book;
        // Also what was told again or taken back since: a list that repeats an old mistake does not undo a nurse's correction.
        var merged = await persons.Merged(CancellationToken.None);
        var told = store.Read(DoseRow.EverTold)
            .Select(dose => (merged.GetValueOrDefault(dose.Person, dose.Person), dose.GivenOn, dose.Vaccine)).ToHashSet();
        var find = lists.Finder();
        var (fresh, known, leftOut, now) = (new List<object?[]>(), 0, new List<RowLeftOut>(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var row in list.File.Rows())
        {
            if (row.Number % Store.RowsPerUnit == 0) progress?.Invoke("doses", (double)row.Number / Math.Max(list.Rows, 1));
            if (book.Written(row["vaccine"] ?? "") is not { } vaccine) leftOut.Add(new RowLeftOut(row.Number, "vaccine"));
            else if (ClinicLists.Day(row, "given_on") is not { } on || ClinicLists.Day(row, "birth") is not { } birth || on < birth)
                leftOut.Add(new RowLeftOut(row.Number, "date"));
            else if (find(row, birth) is not { } person) leftOut.Add(new RowLeftOut(row.Number, "person"));
            else if (!told.Add((person, DoseRow.Iso(on), vaccine.Code))) known++;
            else fresh.Add([person.Value, DoseRow.Iso(on), vaccine.Code, row["lot"] ?? "", row["site"] ?? "",
                row["clinic"] ?? list.File.Layout.Source, row["province"] ?? "", "list", "", actor.Account, actor.Name, now]);
        }
        return (fresh, known, leftOut);
    }
}
