using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.People.Contracts;

/// <summary>What a later module must know of a person to act for one, and no more.</summary>
/// <param name="Birth">Unknown where no list tells it.</param>
/// <param name="Place">Grid or street of residence, else of registration; empty when neither is known.</param>
/// <param name="IsChild">Under fourteen today: every datum is sensitive then.</param>
public sealed record PersonCard(PersonId Id, string Name, VagueDate Birth, Sex Sex, string Place, bool IsChild);

/// <summary>
/// Finds persons for modules after People. Whoever shows what comes back logs the look first (<see cref="Platform.ReadLog.Reading"/>);
/// nothing is logged here.
/// </summary>
public interface IPersonCards
{
    /// <summary>A person in the places where the actor may use the permission; a merged file answers as the one that it became.</summary>
    /// <returns>Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    Task<Outcome<PersonCard>> Open(Actor actor, Permission permission, PersonId id, CancellationToken cancel);

    /// <summary>A person wherever they live, for a module whose own ground admits the actor
    /// (a booking, a number drawn at the clinic): the module asks
    /// its own permission first. A merged file answers as the one that it became.</summary>
    /// <returns>Refusal: <c>people.not_found</c>.</returns>
    Task<Outcome<PersonCard>> OpenServed(PersonId id, CancellationToken cancel);

    /// <summary>The reader's own card, or that of someone in the reader's care.</summary>
    /// <param name="id">Null is the reader's own.</param>
    /// <returns>Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    Task<Outcome<PersonCard>> OpenOwn(Actor actor, PersonId? id, CancellationToken cancel);

    /// <summary>The same for several at once, by the ids asked for; who is not known is missing.</summary>
    Task<IReadOnlyDictionary<PersonId, PersonCard>> OpenServed(IReadOnlyCollection<PersonId> ids, CancellationToken cancel);

    /// <summary>The reader's own card in front, and those of everyone in the reader's care; empty for who has no file.</summary>
    Task<IReadOnlyList<PersonCard>> InCare(Actor actor, CancellationToken cancel);

    /// <summary>The person's own id and those of all files that became it: what a module kept under an old id is still this person's.</summary>
    IReadOnlyList<PersonId> Ids(PersonId id);

    /// <summary>The same for a page, which holds no thread meanwhile.</summary>
    Task<IReadOnlyList<PersonId>> IdsNow(PersonId id, CancellationToken cancel);

    /// <summary>The id of the file that each file is now, for everyone who was ever merged.</summary>
    Task<IReadOnlyDictionary<PersonId, PersonId>> Merged(CancellationToken cancel);

    /// <summary>Everyone born on or after the day in the places where the actor may use the permission.</summary>
    Task<IReadOnlyList<PersonCard>> BornFrom(Actor actor, Permission permission, DateOnly day, CancellationToken cancel);

    /// <summary>The one person with this number, or where there is no number with this name and day of birth;
    /// null when none or several are.</summary>
    PersonId? Find(string? number, string name, DateOnly birth);

    /// <summary>
    /// Whom rows of an older system are about, in their order: the one with the row's <c>number</c>, if it has the row's <c>name</c>; where the row
    /// has no number, the one with its name and day of <c>birth</c>. Nobody is guessed.
    /// </summary>
    Task<IReadOnlyList<PersonMeant>> Meant(IReadOnlyList<WrittenRow> rows, CancellationToken cancel);
}

/// <param name="Card">Null where <paramref name="Wrong"/> says why nobody is meant.</param>
/// <param name="Places">Where the person lives and is registered.</param>
/// <param name="Wrong">Why the row cannot be taken for this person.</param>
public sealed record PersonMeant(PersonCard? Card, IReadOnlyList<string> Places, Decided? Wrong = null)
{
    public HistoryRow Not(WrittenRow row) => new(row, "", "", Card?.Id, Places, null, Wrong);
}

/// <summary>The search box for modules after People. Whoever comes back is in the read log already.</summary>
public interface IPersonSearch
{
    /// <summary>
    /// By a whole number, or by the beginning of a name's part in characters, pinyin, initials or Tibetan, with a year or day of birth behind it; in
    /// the places where the actor may use the permission.
    /// </summary>
    /// <param name="bornFrom">Only who was born on that day or later.</param>
    /// <returns>Refusals: <c>access.purpose.denied</c>, <c>people.search.too_long</c>.</returns>
    Task<Outcome<PersonsFound>> Find(Actor actor, Permission permission, string purpose, string question, DateOnly bornFrom);
}

/// <param name="Birth">Null, as <paramref name="Number"/> is empty, where the purpose does not open it.</param>
/// <param name="Number">Masked.</param>
public sealed record PersonFound(PersonId Id, string Name, string NameBo, Sex Sex, VagueDate? Birth, string Number);

/// <param name="More">There are more than are listed: another letter or the year of birth is needed.</param>
/// <param name="BrokenNumber">A number was asked for whose check digit does not match.</param>
public sealed record PersonsFound(IReadOnlyList<PersonFound> People, bool More, bool BrokenNumber);

/// <summary>A page of a later module about one person, shown as a link on the person's file.</summary>
/// <param name="Text">Key of the link's text.</param>
/// <param name="Under">What follows the file's own address: <c>/immunization</c>.</param>
/// <param name="Permission">Who sees the link.</param>
/// <param name="ForCitizens">Also on the person's own pages, under <c>/me</c>.</param>
public sealed record FileLink(string Text, string Under, Permission Permission, bool ForCitizens);
