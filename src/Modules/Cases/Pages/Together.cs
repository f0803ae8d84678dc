using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>
/// Cases that one press was for, as the address of the page after it carries them: <c>id,id~code</c>, where the code is of the refusal that
/// kept one of them as it was.
/// </summary>
internal sealed record Together(IReadOnlyList<CaseId> Done, IReadOnlyList<(CaseId Id, Refusal Why)> Not)
{
    public const int CasesMax = 20;

    public bool IsEmpty => Done.Count == 0 && Not.Count == 0;

    public static Together Read(string? written)
    {
        var (done, not) = (new List<CaseId>(), new List<(CaseId, Refusal)>());
        foreach (var one in (written ?? "").Split(',').Take(CasesMax).Select(one => one.Split('~')).DistinctBy(one => one[0]))
            if (!Guid.TryParse(one[0], out var guid)) continue;
            else if (one is [_, var code]) not.Add((new CaseId(guid), Refusal.Of(code, "")));
            else done.Add(new CaseId(guid));
        return new Together(done, not);
    }

    /// <summary>Does the same to each; what is refused to one keeps none of the others.</summary>
    public static async Task<Together> Each<TCase>(IReadOnlyList<TCase> cases, Func<TCase, CaseId> idOf, Func<TCase, Task<Refusal?>> act)
    {
        var (done, not) = (new List<CaseId>(), new List<(CaseId, Refusal)>());
        foreach (var one in cases)
            if (await act(one) is { } refusal) not.Add((idOf(one), refusal));
            else done.Add(idOf(one));
        return new Together(done, not);
    }

    public override string ToString() => string.Join(',', Done.Select(id => id.ToString()).Concat(Not.Select(one => $"{one.Id}~{one.Why.Code}")));
}

/// <summary>Whether several answers may be verified with one press.</summary>
internal sealed class VerifyTogether(Store store, CaseRules rules)
{
    /// <returns>Refusal <c>cases.verify_unlike</c> where they are not all one answer to one question, or one that is looked at alone.</returns>
    public Task<Refusal?> Refused(IReadOnlyList<ChosenCase> chosen, CancellationToken cancel) => store.ReadAsync<Refusal?>(async session =>
    {
        var answers = new HashSet<(string, string)>();
        foreach (var one in chosen)
        {
            if (await CaseRows.FindAsync(session, one.Id) is not { } @case) continue;
            if (!VerifyList.Together(rules[@case.Kind], @case.Answer)) return Unlike;
            answers.Add((@case.Kind, @case.Answer));
        }
        return answers.Count > 1 ? Unlike : null;
    }, cancel);

    private static Refusal Unlike => Refusal.Of("cases.verify_unlike",
        "Only alike answers without evidence are verified together; verify these one by one.");
}
