using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Modules;

/// <summary>
/// A module's door. Its assembly carries its migrations (<c>Migrations/*.sql</c>), its texts (<c>Texts/*.yaml</c>) and what it says of
/// access (<c>Rules/access.yaml</c>); what it brings to others (a place in the navigation, a command, a chapter of the demonstration …)
/// are records that <see cref="Add"/> puts among the services.
/// </summary>
public interface IModule
{
    /// <summary>What its tables begin with: <c>people</c>.</summary>
    string Name { get; }

    void Add(IServiceCollection services);

    /// <summary>Routes, each with a permission or the reason why it needs none.</summary>
    void Map(IEndpointRouteBuilder routes);
}
