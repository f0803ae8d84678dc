using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;

namespace Legwork.Platform.Outbox;

/// <summary>
/// Something of which receivers outside may be told: what a module tells in the outbox, under a public name that stays, with the fields that
/// may leave. Several modules may give fields to one name: whoever knows people gives the personal ones.
/// </summary>
/// <param name="Name">As receivers know it, for good: <c>case.closed</c>. Texts <c>event_out.NAME</c>, <c>event_out.field.FIELD</c>.</param>
/// <param name="Kind">Its kind in the outbox.</param>
/// <param name="Fields">The first plain field of a name says which thing it is: of one thing is told in order.</param>
public sealed record EventOut(string Name, string Kind, IReadOnlyList<EventField> Fields)
{
    /// <summary>The plain fields of what was told, by name.</summary>
    public Func<EventRow, IReadOnlyDictionary<string, object?>>? Plain { get; init; }

    /// <summary>Whom it concerns; null where nobody.</summary>
    public Func<EventRow, PersonId?>? Person { get; init; }

    /// <summary>
    /// The personal fields of people as known now, by name, for a receiver who acts in its role; asked once the look stands in the log. Of whoever
    /// is missing in the answer, only plain fields are told.
    /// </summary>
    public Func<IServiceProvider, Actor, FieldMask, IReadOnlyCollection<PersonId>, CancellationToken,
        Task<IReadOnlyDictionary<PersonId, IReadOnlyDictionary<string, object?>>>>? Personal
    { get; init; }
}

/// <param name="Opened">The field of a person's file that a purpose must open for it to leave; empty where it tells nothing of a person.</param>
public sealed record EventField(string Name, string Opened = "");
