using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.People.Files;

/// <param name="Became">The merged file whose address was opened, or empty.</param>
/// <param name="Revealed">The whole number after a logged look, else null.</param>
/// <param name="RevealPurposes">The purposes under which this reader may see the whole number.</param>
/// <param name="Done">The statement that was recorded a moment ago.</param>
internal sealed record FileModel(FileView View, Actor Actor, string Became, IReadOnlyList<Purpose> RevealPurposes, string? Revealed, Refusal? Wrong,
    long? Done = null)
{
    public string Address => $"/people/{View.File.Id}";
}
