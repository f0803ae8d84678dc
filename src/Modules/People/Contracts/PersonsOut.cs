using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Contracts;

/// <summary>The fields by which receivers outside know whom an event concerns, for every module that tells of people.</summary>
public static class PersonsOut
{
    private static readonly Permission Told = new("people.told", Role.Receiver);

    /// <param name="matter">The field of a file under which the matter itself stands: <c>cases</c>, <c>immunization</c>.</param>
    public static IReadOnlyList<EventField> Fields(string matter) => [new("person", matter), new("name", "name"), new("birth", "birth")];

    /// <summary>
    /// Of a merged file, the person that it became. Nobody outside the receiver's places is told of; of whoever is under fourteen no more than
    /// the receiver's role needs.
    /// </summary>
    /// <inheritdoc cref="Fields"/>
    public static Func<IServiceProvider, Actor, FieldMask, IReadOnlyCollection<PersonId>, CancellationToken,
        Task<IReadOnlyDictionary<PersonId, IReadOnlyDictionary<string, object?>>>> Tell(string matter) =>
        async (services, actor, mask, persons, cancel) =>
    {
        var cards = services.GetRequiredService<IPersonCards>();
        var told = new Dictionary<PersonId, IReadOnlyDictionary<string, object?>>();
        foreach (var id in persons)
        {
            if (await cards.Open(actor, Told, id, cancel) is not { Ok: true, Value: var card }) continue;
            var (may, fields) = (mask.Of(card.IsChild), new Dictionary<string, object?>());
            if (may.Allowed(matter)) fields["person"] = card.Id.ToString();
            if (may.Allowed("name")) fields["name"] = card.Name;
            if (may.Allowed("birth")) fields["birth"] = card.Birth.ToString();
            told[id] = fields;
        }
        return told;
    };
}
