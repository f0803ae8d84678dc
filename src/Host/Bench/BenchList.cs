using Legwork.Demo;
using Legwork.Platform.Modules;

namespace Legwork.Host.Bench;

/// <summary>Where the modules' benches work, and the one bench of a library that needs the generator of invented people.</summary>
internal static class BenchList
{
    private const int Grids = 1221;

    public static readonly ModuleBench Link = new("link",
        "Record linkage on public sets and on invented people: accuracy, processor seconds, memory.",
        place => Task.FromResult<IReadOnlyList<Measured>>(new LinkBench(place.Folder, place.Data).Run()));

    public static BenchPlace Place(ModuleList modules, string folder, string storage, int seconds, int rows)
    {
        var options = new DistrictOptions(modules) { Data = Path.Combine(folder, "data"), Storage = storage, Node = "bench" };
        var data = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? Path.Combine(DistrictOptions.Home, "..", "shared", "data");
        return new BenchPlace(folder, storage, seconds, rows, options.RulesFolder, options.DistrictFolder, data)
        {
            Open = () => District.Open(options),
            OpenAt = clock => District.Open(options, clock),
            Invent = people =>
            {
                var registers = Path.Combine(folder, "registers");
                DemoDistrict.Write(registers, Path.Combine(folder, "truth"), new DemoOptions { Insured = people, Grids = Grids });
                return registers;
            },
        };
    }
}
