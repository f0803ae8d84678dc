using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Demonstration;

internal sealed class DemonstrationPeople(Store store, AccessRules access, TimeProvider clock) : IDemonstrationPeople
{
    public Someone? Someone()
    {
        OnlyInvented();
        return store.Read(session => session.First<Someone>("""
            select f.id as person, f.name, f.lives from people_file f where f.state = 'open' and f.insured <> ''
                and f.household <> '' and f.lives <> ''
            and f.birth > '1960' and f.birth < '2000' and (select count(*) from people_finding n where n.file = f.id) = 1 order by f.id limit 1
            """));
    }

    public Task<Someone?> ParentOfSmallChild()
    {
        OnlyInvented();
        return store.Write(session =>
        {
            var family = session.First<Family>("""
                select p.id as parent, p.name, p.lives, c.id as child from people_file c join people_file p on p.household = c.household
                    and p.lives = c.lives
                where c.state = 'open' and p.state = 'open' and c.household <> '' and c.lives <> '' and c.birth >= '2021-01-01'
                    and c.birth < '2024-01-01'
                and p.birth > '1980' and p.birth < '2000'
                order by c.id, p.id limit 1
                """);
            if (family is null) return null;
            session.Execute("""
                insert into people_guardian (ward, guardian, kind, evidence, note, from_day, account, actor, at)
                values (@Child, @Parent, 'parent', 'household_book', '', @today, @account, 'demonstration', @now)
                """,
                new
                {
                    family.Child,
                    family.Parent,
                    today = FileFacts.LocalDay(clock.GetUtcNow()),
                    account = Actor.System.Account,
                    now = clock.GetUtcNow()
                });
            return new Someone(family.Parent, family.Name, family.Lives);
        });
    }

    private void OnlyInvented()
    {
        if (!access.Demonstration) throw new InvalidOperationException("Only a demonstration district has invented people.");
    }

    private sealed record Family(PersonId Parent, string Name, string Lives, PersonId Child);
}
