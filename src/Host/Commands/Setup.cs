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
}
