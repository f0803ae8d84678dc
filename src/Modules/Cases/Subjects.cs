using Legwork.Cases.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases;

/// <summary>Every subject by its owner: asks each of them once about its own.</summary>
internal sealed class Subjects : ISubjects
{
    private readonly (string Prefix, Lazy<ISubjects> Subjects)[] owners;

    /// <exception cref="InvalidOperationException">A prefix ends without its stroke, or two owners claim a subject.</exception>
    public Subjects(IEnumerable<SubjectOwner> owners, IServiceProvider provider)
    {
        this.owners = [.. owners.Select(owner => (owner.Prefix, new Lazy<ISubjects>(() => owner.Subjects(provider))))];
        foreach (var (at, (prefix, _)) in this.owners.Index())
        {
            if (prefix is "/" || !prefix.EndsWith('/'))
                throw new InvalidOperationException($"The subjects '{prefix}' need a prefix that ends with a stroke.");
            foreach (var (other, _) in this.owners.Take(at))
                if (prefix.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(prefix, StringComparison.Ordinal))
                    throw new InvalidOperationException($"Two modules own the subjects '{prefix}' ('{other}').");
        }
    }

    public async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission,
        string purpose, IReadOnlyCollection<string> subjects, CancellationToken cancel = default)
    {
        var described = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
        foreach (var (prefix, owner) in owners)
        {
            var own = subjects.Where(subject => subject.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (own.Count == 0) continue;
            foreach (var (subject, lines) in await owner.Value.Describe(actor, permission, purpose, own, cancel)) described[subject] = lines;
        }
        return described;
    }

    /// <summary>The text that stands for a subject which was not described: its owner does not know or show it, or nobody owns it here.</summary>
    public string WhyMissing(string subject) =>
        Array.Exists(owners, owner => subject.StartsWith(owner.Prefix, StringComparison.Ordinal)) ? "cases.subject.gone" : "cases.subject.nobodys";
}
