using Legwork.Cases.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases.Tests;

/// <summary>Invented residents, and a log of who asked for whom and why. A subject that ends in "gone" does not exist.</summary>
internal sealed class FakeSubjects : ISubjects
{
    public List<(string Actor, string Permission, string Purpose, string Subjects)> Looks { get; } = [];

    /// <summary>Where all of them live, as a list writes it.</summary>
    public string Address { get; set; } = "太阳小区3区1栋2单元101室";

    public Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission, string purpose,
        IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        Looks.Add((actor.Name, permission.Code, purpose, string.Join(' ', subjects.Order(StringComparer.Ordinal))));
        return Task.FromResult<IReadOnlyDictionary<string, SubjectLines>>(
            subjects.Where(subject => !subject.EndsWith("gone", StringComparison.Ordinal)).ToDictionary(subject => subject, subject =>
        {
            var name = "住户" + subject[(subject.LastIndexOf('/') + 1)..];
            return new SubjectLines(name, ["1990年生", "540102********0018"],
                new Dictionary<string, string> { ["name"] = name, ["number"] = "540102********0018" },
                Address, "089100000000", "/people/x", "བཀྲ་ཤིས་");
        }));
    }

    /// <summary>As their owner registers them.</summary>
    public Subjects Owned => new([new SubjectOwner("people/person/", _ => this)], new ServiceCollection().BuildServiceProvider());

    public static T Texts(Language? language = null) =>
        new(new Texts([typeof(ShellModule).Assembly, typeof(CasesModule).Assembly], missingThrows: true), language ?? Language.Chinese);
}
