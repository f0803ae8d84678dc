using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>A number as it was written, whole: valid or not. Prints masked; <see cref="Reveal"/> gives all of it.</summary>
internal sealed record WrittenNumber(string Text)
{
    public string Reveal() => Text;

    public override string ToString() => ResidentNumber.Mask(Text);
}

/// <summary>Shows a whole number for a purpose that opens it; the look is in the log before the number is read out.</summary>
internal sealed class RevealNumber(Store store, NumberVault vault, DistrictLists lists, FileReading reading)
{
    public static readonly string[] Purposes = ["reveal_number"];

    /// <returns>Refusals: <c>access.purpose.denied</c>, <c>people.not_found</c>, <c>people.out_of_scope</c>,
    /// <c>people.number_none.not_found</c>.</returns>
    public async Task<Outcome<WrittenNumber>> Run(Actor actor, PersonId id, string purposeCode)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.Reveal, purposeCode);
        if (!claimed.Ok) return claimed.Refusal!;
        if (!claimed.Value.Opens("number")) return Refusal.Of("access.purpose.denied", "This purpose does not open the whole number.");
        var opened = store.Read(session => FileRow.Open(session, actor, PeoplePermissions.Reveal, id).Then(file =>
            NumberInForce.Of(session, vault, lists, file.Id) is { } number ? (Outcome<WrittenNumber>)new WrittenNumber(number)
                : Refusal.Of("people.number_none.not_found", "This file has no number.")));
        if (!opened.Ok) return opened.Refusal!;
        await reading.Log(actor, PeoplePermissions.Reveal, claimed.Value, [id]);
        return opened;
    }
}
