namespace Legwork.Architecture.Tests.Circle.East
{
    internal sealed record Sunrise(West.Sunset? Before);
}

namespace Legwork.Architecture.Tests.Circle.West
{
    internal sealed class Sunset
    {
        public static object Next() => new List<East.Sunrise>();
    }
}

namespace Legwork.Architecture.Tests.Line.East
{
    internal sealed record Sunrise(West.Sunset? Before);
}

namespace Legwork.Architecture.Tests.Line.West
{
    internal sealed record Sunset(string Colour);
}
