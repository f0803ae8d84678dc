namespace Legwork.Host.Commands;

internal static class Setup
{
    public static DistrictOptions Options(Arguments args)
    {
        var options = DistrictOptions.Read(args.Option("data"), args.Option("config"));
        if (args.Option("storage") is { } storage) options.Storage = storage;
        if (args.Option("node") is { } node) options.Node = node;
        return options;
    }

    /// <summary>The district's GB/T 2260 code is the name of its folder.</summary>
    public static string DistrictCode(DistrictOptions options) => Path.GetFileName(Path.TrimEndingDirectorySeparator(options.DistrictFolder));
}
