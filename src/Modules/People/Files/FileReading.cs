using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;

namespace Legwork.People.Files;

/// <summary>
/// How this module's pages come to personal data: the purpose is claimed, what is to be shown is put together (a file names its
/// household, which must be in the log too), the look is logged, and only then is anything shown.
/// </summary>
internal sealed class FileReading(Reading reading)
{
    /// <summary>The purposes under which this actor may use the permission, out of those offered, in their order.</summary>
    public IReadOnlyList<Purpose> Open(Actor actor, Permission permission, params IEnumerable<string> offered) =>
        reading.Open(actor, permission, offered);

    /// <summary>The purpose claimed, opening no more than what the role needs at all.</summary>
    /// <returns>Refusal <c>access.purpose.denied</c>.</returns>
    public Outcome<Purpose> Claim(Actor actor, Permission permission, string code) =>
        reading.Claim(actor, permission, code).Then<Purpose>(purpose => reading.Narrow(actor, permission, purpose, under14: false));

    /// <summary>The same for a person under fourteen, of whom fewer roles need fewer fields.</summary>
    public Purpose ForChild(Actor actor, Permission permission, Purpose claimed) => reading.Narrow(actor, permission, claimed, under14: true);

    /// <summary>Appends who is about to be seen; what was claimed may be shown when this completes.</summary>
    public async Task Log(Actor actor, Permission permission, Purpose claimed, IReadOnlyList<PersonId> persons, string detail = "") =>
        Logged(await reading.Of(actor, permission, claimed.Code, persons, detail: detail));

    /// <summary>Appends a batch: everyone whom the scope covers.</summary>
    public async Task LogScope(Actor actor, Permission permission, Purpose claimed, string scope, string detail = "") =>
        Logged(await reading.OfAll(actor, permission, claimed.Code, scope, detail: detail));

    private static void Logged(Outcome<FieldMask> mask)
    {
        if (!mask.Ok) throw new InvalidOperationException($"The purpose was not claimed: {mask.Refusal}");
    }
}
