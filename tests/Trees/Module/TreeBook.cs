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

    public async Task<IReadOnlyList<Tree>> In(string place, CancellationToken cancel) =>
        (await store.ReadAsync(session => session.QueryAsync<Row>(Within, Under(place)), cancel)).ConvertAll(row => row.Tree);

    public async Task<Tree?> Find(Guid id, CancellationToken cancel) => (await store.ReadAsync(
        session => session.FirstAsync<Row>("select id, name, place, ailing from trees_tree where id = @id", new { id }), cancel))?.Tree;

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

    public async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission,
        string purpose, IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        var described = new Dictionary<string, SubjectLines>();
        foreach (var subject in subjects)
            if (await Find(Guid.Parse(subject[Prefix.Length..]), cancel) is { } tree)
                described[subject] = new SubjectLines(tree.Name, [], new Dictionary<string, string>(), "");
        return described;
    }

    private const string Within = "select id, name, place, ailing from trees_tree where substr(place, 1, @length) = @place order by name";

    private static object Under(string place) => new { place, length = place.Length };

    private sealed record Row(Guid Id, string Name, string Place, long Ailing)
    {
        public Tree Tree => new(Id, Name, Place, Ailing == 1);
    }
}
