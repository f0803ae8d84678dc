using Legwork.People.Contracts;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Pages;

/// <summary>On a person's own page, and on the file where the purpose opens doses: what is due next, in a few lines.</summary>
internal static class DueFileCard
{
    private const int LinesMax = 3;

    public static readonly FileCard Card = new("immunization", 20, async ask =>
    {
        var (t, wording) = (ask.Services.GetRequiredService<T>(), ask.Services.GetRequiredService<Wording>());
        var record = ask.Services.GetRequiredService<ShowRecord>();
        if (await record.Standing(ask.Person, ask.Purpose.Opens("health_state"), ask.Cancel) is not { } standing)
            return !ask.Person.IsChild ? null : new FileCardShown(t["immunization.due"], [new FileCardLine(t["immunization.no_birth.card"])],
                "/immunization", t["immunization.link"]);
        var due = standing.Programmes.Where(one => one.Next is not null).Take(LinesMax).ToList();
        if (due.Count == 0 && standing.Doses == 0) return null;
        IReadOnlyList<FileCardLine> lines = due.Count == 0 ? [new FileCardLine(t["immunization.due.none"])]
            : [.. due.Select(one => new FileCardLine(
                $"{t["immunization.dose_of", wording.In(one.Programme.Name), one.Next!.Value.Row.Dose]} · "
                    + $"{t["immunization.from", one.Answer!.Earliest]}",
                wording.StateOf(one), Wording.ToneOf(one.State)))];
        return new FileCardShown(t["immunization.due"], lines, "/immunization", t["immunization.link"]);
    });
}
