using Legwork.Cases.Contracts;
using Legwork.Platform.Outbox;

namespace Legwork.Cases;

/// <summary>Cases as receivers outside hear of them: never what an answer carries besides, which may name anybody.</summary>
internal static class CasesOut
{
    public static readonly IReadOnlyList<EventOut> All =
    [
        Of("case.opened", CaseEvents.Opened), Of("case.answered", CaseEvents.Answered), Of("case.closed", CaseEvents.Closed),
        Of("case.reopened", CaseEvents.Reopened), Of("case.withdrawn", CaseEvents.Withdrawn),
    ];

    private static EventOut Of(string name, string kind) =>
        new(name, kind, [new("case"), new("kind"), new("place"), new("state"), new("result"), new("version")])
        {
            Plain = row => row.Read<CaseResult>() is var @case ? new Dictionary<string, object?>
            {
                ["case"] = @case.CaseId.ToString(),
                ["kind"] = @case.Kind,
                ["place"] = @case.Place,
                ["state"] = @case.State,
                ["result"] = @case.Result,
                ["version"] = @case.Version,
            } : null!,
        };
}
