using Legwork.Kernel;

namespace Legwork.People.Contracts;

/// <summary>
/// Invented people whose files a demonstration's citizens may open. In any other district each method refuses to start: nobody's file is
/// handed out by the machine.
/// </summary>
public interface IDemonstrationPeople
{
    /// <summary>An adult who is registered, insured and seen in the ledger.</summary>
    /// <exception cref="InvalidOperationException">The district is no demonstration.</exception>
    Someone? Someone();

    /// <summary>A parent of a small child of the same household, who is recorded as its guardian. Null where no such family is.</summary>
    /// <exception cref="InvalidOperationException">The district is no demonstration.</exception>
    Task<Someone?> ParentOfSmallChild();
}

/// <param name="Lives">Code of the grid.</param>
public sealed record Someone(PersonId Person, string Name, string Lives);
