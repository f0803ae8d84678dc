using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Domain;

/// <summary>How a case is born: its first stage, where it goes and when it is due.</summary>
internal static class Opening
{
    public const string Code = "opened";
    private const int TextLengthMax = 200;

    /// <returns>The case at version 1, or a refusal: <c>cases.place</c>, <c>cases.asked</c>.</returns>
    public static Outcome<Step> Decide(OpenCase asked, CaseKind kind, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (!Place.IsCode(asked.Place))
            return Refusal.Of("cases.place", $"'{asked.Place}' is not the code of a grid, community, street or district.");
        if (!(Fits(asked.Subject) && Fits(asked.Origin) && asked.Group.Length <= TextLengthMax && asked.Order.Length <= TextLengthMax))
            return Refusal.Of("cases.asked", $"A case has a subject and an origin of at most {TextLengthMax} characters.");
        var due = calendar.Due(now, kind.Limit);
        var opened = new Case
        {
            Id = CaseId.New(),
            Kind = kind.Code,
            Subject = asked.Subject,
            Origin = asked.Origin,
            Group = asked.Group.Length > 0 ? asked.Group : asked.Subject,
            Order = asked.Order,
            Reachable = asked.Reachable,
            Place = asked.Place,
            State = Place.IsGrid(asked.Place) ? CaseState.Open : CaseState.Unassigned,
            Stage = kind.FirstStage(asked.Reachable),
            Priority = kind.Priority,
            OpenedAt = now,
            DueAt = due,
            FirstDueAt = due,
            Facts = asked.Facts ?? new Dictionary<string, string>(),
            Version = 1,
        };
        return new Step(opened, Code, opened.State, "", [CaseEvents.Opened], new Dictionary<string, string>
        {
            ["place"] = asked.Place,
            ["stage"] = opened.Stage,
            ["due"] = due.ToString("O", CultureInfo.InvariantCulture),
        });
    }

    private static bool Fits(string text) => text.Length is > 0 and <= TextLengthMax;
}
