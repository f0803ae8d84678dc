using System.Globalization;
using System.Runtime.InteropServices;

namespace Legwork.Host.Bench;

/// <summary>The machine on which something was measured.</summary>
internal sealed record MachineNamed(string Processor, int Cores, string System, string Runtime, long MemoryMegabytes)
{
    public static MachineNamed Here() => new(NameOfProcessor(), Environment.ProcessorCount, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 20));

    public string InWords => string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Cores} cores, {MemoryMegabytes >> 10} GiB, {Runtime}");

    private static string NameOfProcessor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1]
            .Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
