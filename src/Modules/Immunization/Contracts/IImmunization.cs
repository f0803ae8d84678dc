using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Immunization.Contracts;

/// <summary>What a command does with doses and rules.</summary>
public interface IImmunization
{
    /// <summary>
    /// Takes a clinic's list of doses. A file that is no such list is refused whole; a row whose person or vaccine is not known is left out and
    /// named. Taking the same file again changes nothing.
    /// </summary>
    Task<Outcome<DosesTaken>> TakeDoses(string path, Actor actor, Action<string, double>? progress = null);

    /// <summary>Takes a clinic's list of states of health, in the same way.</summary>
    Task<Outcome<DosesTaken>> TakeStates(string path, Actor actor);

    /// <summary>Who of the actor's places would get another date by <paramref name="to"/> than by <paramref name="from"/>, states of health aside.
    /// One entry in the read log.</summary>
    /// <returns>Refusals: <c>immunization.trial.rules</c>, <c>access.purpose.denied</c>.</returns>
    Task<Outcome<RulesTried>> TryRules(string from, string to, Actor actor);
}

/// <summary>What became of a clinic's list.</summary>
/// <param name="Known">Rows that were told before.</param>
/// <param name="LeftOut">Rows that could not be taken, with the code of the reason.</param>
public sealed record DosesTaken(string FileName, int Rows, int Learned, int Known, IReadOnlyList<RowLeftOut> LeftOut);

/// <param name="Row">Data row, counted from 1.</param>
/// <param name="Code"><c>person</c>, <c>vaccine</c>, <c>state</c> or <c>date</c>.</param>
public sealed record RowLeftOut(int Row, string Code);

/// <param name="People">Everyone under 18 who was looked at.</param>
public sealed record RulesTried(string From, string To, DateOnly On, int People, IReadOnlyList<CauseCount> Causes, IReadOnlyList<OtherDate> Others);

/// <summary>Why dates change: the row that was due before, the row that is due then, and how.</summary>
/// <param name="Programme">Such as <c>dtap</c>.</param>
/// <param name="Was">The clause of the row due by the old rules; empty when nothing was due.</param>
/// <param name="Becomes">The same by the new rules.</param>
/// <param name="How"><c>new</c>, <c>gone</c>, <c>earlier</c>, <c>later</c> or <c>deadline</c> (only the day by which to complete it).</param>
public sealed record CauseCount(string Programme, string Was, string Becomes, string How, int People);

/// <summary>One person's other date.</summary>
/// <param name="Name">Empty where the reader's role does not need the name.</param>
/// <param name="Birth">Null where the reader's role does not need it.</param>
public sealed record OtherDate(PersonId Person, string Name, DateOnly? Birth, string Programme, string Was, DateOnly? WasFrom, DateOnly? WasBy,
    string Becomes, DateOnly? BecomesFrom, DateOnly? BecomesBy, string How);
