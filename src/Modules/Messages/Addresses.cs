using Legwork.Messages.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Messages;

/// <summary>Asks each module for its own people.</summary>
internal sealed class Addresses
{
    private readonly List<RecipientOwner> owners;
    private readonly IServiceProvider services;

    /// <exception cref="InvalidOperationException">Two owners of one prefix, or one within the other.</exception>
    public Addresses(IEnumerable<RecipientOwner> owners, IServiceProvider services)
    {
        (this.owners, this.services) = ([.. owners], services);
        foreach (var (one, other) in this.owners.SelectMany((one, at) => this.owners.Skip(at + 1).Select(other => (one, other))))
            if (one.Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(one.Prefix, StringComparison.Ordinal))
                throw new InvalidOperationException($"Whoever begins with '{one.Prefix}' has two owners, '{other.Prefix}' too.");
    }

    public async Task<IReadOnlyDictionary<string, Recipient>> Find(Actor actor, Permission permission, IReadOnlyCollection<string> whom,
        string reference, CancellationToken cancel)
    {
        var found = new Dictionary<string, Recipient>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            var own = whom.Where(one => one.StartsWith(owner.Prefix, StringComparison.Ordinal)).ToList();
            if (own.Count == 0) continue;
            foreach (var (who, recipient) in await owner.Recipients(services).Find(actor, permission, own, reference, cancel)) found[who] = recipient;
        }
        return found;
    }
}
