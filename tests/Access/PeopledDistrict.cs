using Legwork.Demo;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Access.Tests;

/// <summary>
/// A served district with a few hundred invented people, and an account for every role in three places: the whole district, one
/// street of it, and another district altogether.
/// </summary>
public sealed class PeopledDistrict : IAsyncLifetime
{
    public const string Elsewhere = "540103";

    /// <summary>Whoever sees this name has looked into the district.</summary>
    public const string StaffNameHere = "只在本区可见";

    private readonly Dictionary<(Role, string), Visitor> visitors = [];

    /// <summary>The roles that the modules declare, in their order.</summary>
    public IReadOnlyList<Role> Roles => Served.Services.GetRequiredService<AccessBook>().Roles;

    public static IReadOnlyList<string> Places { get; } = [ServedDistrict.District, ServedDistrict.Street, Elsewhere];

    public ServedDistrict Served { get; } = new(more: null);

    public IReadOnlyList<MatrixRow> Rows { get; private set; } = [];

    /// <summary>Whole names and files of people who live here.</summary>
    public IReadOnlyList<(Guid File, string Name)> People { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Served.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("legwork-people-").FullName;
        DemoDistrict.Write(Path.Combine(folder, "registers"), Path.Combine(folder, "truth"), new DemoOptions { Seed = 7, Insured = 200, Grids = 24 });
        var taken = await Served.Services.GetRequiredService<IRegisters>().TakeFolder(Path.Combine(folder, "registers"), Actor.System, null);
        taken.AllTaken.ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
        People = Served.Store.Read(session => session.Query<Person>("select id, name from people_file where length(name) >= 4 order by id limit 50"))
            .ConvertAll(row => (row.Id, row.Name));
        var citizen = Served.Store.Read(session => session.Query<Person>("select id, name from people_file order by id limit 1")).Single();
        await Served.Services.GetRequiredService<DemonstrationAccounts>().Make(
        [
            new DemonstrationSignIn("marker", StaffNameHere, Role.GridWorker, ServedDistrict.Grid),
            .. from role in Roles from place in Places
               select new DemonstrationSignIn(SignIn(role, place), $"{role}", role, place,
                   role == Role.Citizen && place != Elsewhere ? citizen.Id : null),
        ]);
        Rows = AccessMatrix.Of(Served.Routes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors.Values) visitor.Dispose();
        await Served.DisposeAsync();
    }

    /// <summary>Signed in once, asked often.</summary>
    public async Task<Visitor> As(Role role, string place)
    {
        if (!visitors.TryGetValue((role, place), out var visitor)) visitors.Add((role, place), visitor = await Served.Visit(SignIn(role, place)));
        return visitor;
    }

    /// <summary>An address that the route answers: with a real file where it takes one and only looks, else with ids that nothing has.</summary>
    public string Address(MatrixRow row)
    {
        var pattern = RoutePatternFactory.Parse(row.Path);
        var real = row.IsSafe && row.Path.StartsWith("/people/", StringComparison.Ordinal) && People.Count > 0
            ? People[0].File : Guid.CreateVersion7();
        return "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => parameter.ParameterPolicies.Select(policy => policy.Content).FirstOrDefault() switch
            {
                "guid" => real.ToString(),
                // Nothing is really done: an import undone would leave nobody for the tests that come after.
                "long" or "int" => row.IsSafe ? "1" : "987654321",
                _ => parameter.Name == "code" ? ServedDistrict.Grid : "none",
            },
            _ => "",
        }))));
    }

    private static string SignIn(Role role, string place) => $"{role}-{place}".ToLowerInvariant();

    private sealed record Person(Guid Id, string Name);
}
