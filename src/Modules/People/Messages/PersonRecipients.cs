using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Messages;

/// <summary>
/// How a person is reached: by what is in force on the file; a child by whoever a clerk recorded as guardian, else by the telephone that a
/// list gives for one. Nobody is told anything of whom a list or a visit says that the person has died.
/// </summary>
internal sealed class PersonRecipients(Store store, NumberVault vault, DistrictLists lists, FileReading reading, ValuesInForce values,
    Sensitive sensitive, TimeProvider clock) : IRecipients
{
    private const string Purpose = "message";

    public async Task<IReadOnlyDictionary<string, Recipient>> Find(Actor actor, Permission permission, IReadOnlyCollection<string> whom,
        string reference, CancellationToken cancel)
    {
        var claimed = reading.Claim(actor, permission, Purpose);
        if (!claimed.Ok) return new Dictionary<string, Recipient>();
        var asked = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        foreach (var one in whom)
            if (PersonSubject.TryParse(one, out var person)) asked[one] = person;
        var looked = new HashSet<PersonId>();
        var found = await store.ReadAsync(async session =>
        {
            var files = await FileRow.CurrentAsync(session, asked.Values);
            var people = await Known(session, [.. files.Values.DistinctBy(file => file.Id)], looked);
            return asked.Where(one => files.TryGetValue(one.Value, out var file) && people.ContainsKey(file.Id))
                .ToDictionary(one => one.Key, one => people[files[one.Value].Id], StringComparer.Ordinal);
        }, cancel);
        // The machine's looks stand there too, so that everybody sees by whom the telephone was used.
        if (looked.Count > 0) await reading.Log(actor, permission, claimed.Value, [.. looked]);
        return found;
    }

    private async Task<Dictionary<PersonId, Recipient>> Known(Session session, IReadOnlyList<FileRow> files, HashSet<PersonId> looked)
    {
        var (now, today) = (clock.GetUtcNow(), FileFacts.LocalDay(clock.GetUtcNow()));
        var wards = new Dictionary<PersonId, FileRow>();
        foreach (var child in files.Where(file => sensitive.IsChild(file.BirthDate, today)))
            foreach (var link in await GuardianLinks.OfWard(session, child.Id, today))
                if (!wards.ContainsKey(child.Id) && await FileRow.CurrentAsync(session, link.Guardian) is { } guardian) wards[child.Id] = guardian;
        var everybody = files.Concat(wards.Values).DistinctBy(file => file.Id).ToList();
        var facts = await FileFacts.LoadAsync(session, vault, lists, [.. everybody.Select(file => file.Id)]);
        var ids = await IdsOf(session, everybody);
        var holders = await Accounts.Holders(session, [.. ids.Keys.Select(id => id.Value)]);
        var signsIn = ids.Where(id => holders.Contains(id.Key.Value)).Select(id => id.Value).ToHashSet();
        looked.UnionWith(everybody.Select(file => file.Id));
        var found = new Dictionary<PersonId, Recipient>();
        foreach (var file in files)
        {
            var own = Of(file, facts[file.Id], signsIn.Contains(file.Id), now, today);
            if (own is null) continue;
            found[file.Id] = wards.TryGetValue(file.Id, out var guardian)
                ? Of(guardian, facts[guardian.Id], signsIn.Contains(guardian.Id), now, today) ?? own : own;
        }
        return found;
    }

    /// <summary>Everybody's id today, under that and under those of files that became it.</summary>
    private static async Task<Dictionary<PersonId, PersonId>> IdsOf(Session session, IReadOnlyList<FileRow> files)
    {
        var ids = files.ToDictionary(file => file.Id, file => file.Id);
        foreach (var merged in await session.QueryAsync<Merged>(
            $"select id, merged_into from people_file where {session.Among("merged_into", "ids")}",
            new { ids = files.Select(file => file.Id.Value).ToArray() }))
            ids[merged.Id] = merged.MergedInto;
        return ids;
    }

    /// <returns>Null when the person has died.</returns>
    private Recipient? Of(FileRow file, FileFacts facts, bool signsIn, DateTimeOffset now, DateOnly today)
    {
        var held = values.Of(facts, now, today).ToLookup(value => value.Rule.Code, value => value.Value);
        if (held[Corrections.AskCorrection.DayOfDeath].Any()) return null;
        var telephone = held["phone"].FirstOrDefault() ?? "";
        if (telephone.Length == 0 && sensitive.IsChild(file.BirthDate, today))
            telephone = facts.Versions.Select(row => row.Fields.GetValueOrDefault("guardian_phone"))
                .LastOrDefault(phone => !string.IsNullOrEmpty(phone)) ?? "";
        return new Recipient(file.Name, telephone, "", held["lives_at"].FirstOrDefault() ?? "", signsIn);
    }

    private sealed record Merged(PersonId Id, PersonId MergedInto);
}
