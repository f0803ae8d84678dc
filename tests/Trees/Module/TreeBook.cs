using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Trees;

public sealed record Tree(Guid Id, string Name, string Place, bool Ailing);

/// <summary>The old trees, and what a case about one asks of its owner.</summary>
internal sealed class TreeBook(Store store, ICases cases) : ISubjects
{
    public const string Prefix = "trees/tree/";

    public static readonly Refusal Unknown = Refusal.Of("trees.unknown", "There is no such tree.");

    public IReadOnlyList<Tree> In(string place) => store.Read(session => session.Query<Row>(
        "select id, name, place, ailing from trees_tree where substr(place, 1, @length) = @place order by name",
        new { place, length = place.Length })).ConvertAll(row => row.Tree);

    public Tree? Find(Guid id) =>
        store.Read(session => session.First<Row>("select id, name, place, ailing from trees_tree where id = @id", new { id }))?.Tree;

    public Task Plant(string name, string place) => store.Write(session =>
        session.Execute("insert into trees_tree (id, name, place, ailing) values (@id, @name, @place, 0)",
            new { id = Guid.CreateVersion7(), name, place }));

    /// <summary>The tree and the case about it, in one unit.</summary>
    public Task<Outcome<Opened>> Ails(Guid id) => store.Write<Outcome<Opened>>(session =>
    {
        if (session.First<Row>("select id, name, place, ailing from trees_tree where id = @id", new { id }) is not { } row) return Unknown;
        session.Execute("update trees_tree set ailing = 1 where id = @id", new { id });
        return cases.Open(session, new OpenCase("tree_ailing", Prefix + id, "ailing", row.Place, "", "", Reachable: false));
    });

    public static void Hear(Session session, CaseResult result)
    {
        if (result.Subject.StartsWith(Prefix, StringComparison.Ordinal) && result.Result == "tree_well")
            session.Execute("update trees_tree set ailing = 0 where id = @id", new { id = Guid.Parse(result.Subject[Prefix.Length..]) });
    }

    public Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission,
        string purpose, IReadOnlyCollection<string> subjects, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyDictionary<string, SubjectLines>>(subjects
        .Select(subject => (subject, Tree: Find(Guid.Parse(subject[Prefix.Length..])))).Where(found => found.Tree is not null)
        .ToDictionary(found => found.subject, found => new SubjectLines(found.Tree!.Name, [], new Dictionary<string, string>(), "")));

    private sealed record Row(Guid Id, string Name, string Place, long Ailing)
    {
        public Tree Tree => new(Id, Name, Place, Ailing == 1);
    }
}
