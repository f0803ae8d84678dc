using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Modules;

/// <summary>
/// The modules of a server, each behind those whose assemblies it references: in this order they are added, their migrations run and
/// their rules of access are read, so that a file names only what stands before it.
/// </summary>
public sealed class ModuleList : IReadOnlyList<IModule>
{
    private readonly List<IModule> inOrder = [];

    /// <exception cref="InvalidOperationException">Two modules have one name, or know each other in a circle.</exception>
    public ModuleList(params IEnumerable<IModule> modules)
    {
        var all = modules.OrderBy(module => module.Name, StringComparer.Ordinal).ToList();
        if (all.GroupBy(module => module.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException(
                $"Two modules are called '{twice.Key}': {string.Join(", ", twice.Select(module => module.GetType()))}.");
        var under = new HashSet<IModule>();
        foreach (var module in all) Place(module);

        void Place(IModule module)
        {
            if (inOrder.Contains(module)) return;
            if (!under.Add(module)) throw new InvalidOperationException($"The module '{module.Name}' knows itself by way of others.");
            var known = Of(module).GetReferencedAssemblies().Select(name => name.FullName).ToHashSet(StringComparer.Ordinal);
            foreach (var before in all.Where(other => known.Contains(Of(other).GetName().FullName))) Place(before);
            inOrder.Add(module);
        }
    }

    public int Count => inOrder.Count;

    public IModule this[int index] => inOrder[index];

    /// <summary>Each module's name and where its migrations, texts and rules lie.</summary>
    public IReadOnlyList<(string Module, Assembly Assembly)> Assemblies => inOrder.ConvertAll(module => (module.Name, Of(module)));

    /// <summary>The records of one kind that the modules bring as they are, before any district is open.</summary>
    public IReadOnlyList<T> Brought<T>() where T : class
    {
        var services = new ServiceCollection();
        foreach (var module in inOrder) module.Add(services);
        return [.. services.Where(service => service.ServiceType == typeof(T)).Select(service => service.ImplementationInstance).OfType<T>()];
    }

    /// <summary>The files of one name that modules carry in their assemblies, by module.</summary>
    /// <param name="name">As embedded: <c>Rules.cases.yaml</c>.</param>
    public IEnumerable<(string Module, string Text)> Texts(string name)
    {
        foreach (var (module, assembly) in Assemblies)
        {
            if (assembly.GetManifestResourceNames()
                .FirstOrDefault(resource => resource.EndsWith("." + name, StringComparison.Ordinal)) is not { } found) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(found)!);
            yield return (module, reader.ReadToEnd());
        }
    }

    public IEnumerator<IModule> GetEnumerator() => inOrder.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Assembly Of(IModule module) => module.GetType().Assembly;
}

public static class ModuleServices
{
    public static IServiceCollection AddModules(this IServiceCollection services, ModuleList modules)
    {
        services.AddSingleton(modules);
        foreach (var module in modules) module.Add(services);
        return services;
    }

    /// <summary>Goes on while a server runs: again at once as long as there was something to do, else after a pause, and after a longer one where
    /// it failed.</summary>
    /// <param name="what">As a line of the log names it: <c>handing over messages</c>.</param>
    /// <param name="run">Says how much it did.</param>
    public static IServiceCollection AddWhileServing(this IServiceCollection services, string what, TimeSpan pause,
        Func<IServiceProvider, CancellationToken, Task<int>> run) => services.AddSingleton<IHostedService>(provider =>
        new WhileServing(what, pause, cancel => run(provider, cancel), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WhileServing>>()));

    public static void MapModules(this IEndpointRouteBuilder routes)
    {
        foreach (var module in routes.ServiceProvider.GetRequiredService<ModuleList>()) module.Map(routes);
    }
}
