using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Webhooks.Contracts;

/// <summary>What trials ask of the module; a server does all of it by its pages and by itself.</summary>
public interface IWebhooks
{
    /// <summary>Begins to tell a receiver of these events, with plain fields alone.</summary>
    /// <returns>The secret. Refusals as on the page: <c>webhooks.*</c>.</returns>
    Task<Outcome<string>> Begin(Actor actor, string name, Uri url, IReadOnlyList<string> events, IReadOnlyList<string> fields);

    /// <summary>Hands over what is due until nothing is.</summary>
    /// <returns>How many were sent; none while another node is at it.</returns>
    Task<int> HandOver(CancellationToken cancel);
}
