using Legwork.Host;
using Legwork.People;
using Legwork.Platform.Storage;

namespace Legwork.Architecture.Tests;

/// <summary>Breaches on purpose: each wall is shown to catch one of these.</summary>
public static class Planted
{
    public static Type BeyondContracts => typeof(PeopleModule);

    public static string OtherModulesTable(Session session) => session.Single<string>("select name from people_file where id = 1");

    public static string PlatformsTable(Session session) => session.Single<string>($"select stamp from access_account where id = {session.Engine}");

    public static Uri Outside => new("https://tiles.example.com/map");

    public static Type OfTheHost => typeof(DistrictOptions);

    public static YamlDotNet.Core.Mark OfTheYamlPackage => default;

    public static Orleans.IGrainFactory? OfTheCluster => null;

    public static string? Ethnicity { get; set; }

    public sealed record Shown;
}

/// <summary>A component, which Razor would make public.</summary>
public sealed class PlantedPage : Legwork.Platform.Shell.ModelPage;
