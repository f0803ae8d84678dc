using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Export;

/// <summary>Tables going out.</summary>
internal static class ExportServices
{
    public static IServiceCollection AddExport(this IServiceCollection services) => services
        .AddSingleton<ExportRows>()
        .AddSingleton<ExportPeople>();
}
