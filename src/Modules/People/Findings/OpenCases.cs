using System.Text.Json;
using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.Platform;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>
/// Opens a case for what data cannot answer, with the question already asked, at the grid of residence; and withdraws it when later
/// lists answer it. A mistyped number whose right form the other lists give needs nobody. A finding of which Cases says that it was answered
/// lately has that answer; one that says something else than what was answered is asked again.
/// </summary>
internal sealed class OpenCases(ICases cases, IDwellings dwellings, PlatformPlaces folders) : IFindingListener
{
    public const string Origin = "registers";

    // Streets and provinces only: a case holds no personal data, names come from the file when it is shown.
    private static readonly string[] Facts = ["registered", "lives", "province"];

    public static string SubjectOf(PersonId file) => $"people/person/{file}";

    public void Opened(Session session, FindingRow finding, Summary summary)
    {
        var args = JsonSerializer.Deserialize<Dictionary<string, string>>(finding.Args)!;
        if (finding.Kind == "number_typo" && args.GetValueOrDefault("right") is { } right && right != "—")
        {
            if (finding.SaysElse) Gone(session, finding.Id, finding.Kind, finding.File);
            return;
        }
        var subject = SubjectOf(finding.File);
        var place = finding.Place.Length > 0 ? finding.Place : Path.GetFileName(folders.DistrictFolder);
        var opened = cases.Open(session, new OpenCase(finding.Kind, subject, Origin, place,
            summary.Dwelling.Length > 0 ? summary.Dwelling : subject, dwellings.WalkOrder(summary.Dwelling),
            summary.Reachable, Facts.Where(args.ContainsKey).ToDictionary(fact => fact, fact => args[fact]), finding.SaysElse));
        if (!opened.Ok) throw new InvalidOperationException($"No case could be opened for {finding.Kind} in {place}: {opened.Refusal}");
        session.Prepared("update people_finding set case_id = @p0 where id = @p1").With(opened.Value.Id.Value, finding.Id).Execute();
        if (opened.Value.How == OpenedHow.AnsweredLately && CaseResults.Settles(opened.Value.Result))
            session.Prepared("update people_finding set state = 'answered', closed_at = @p0, closed_why = @p1 where id = @p2")
                .With(opened.Value.ClosedAt?.ToUnixTimeMilliseconds(), opened.Value.Result, finding.Id).Execute();
    }

    public void Gone(Session session, Guid finding, string kind, PersonId file) =>
        cases.Withdraw(session, kind, SubjectOf(file), Origin, "lists");
}
