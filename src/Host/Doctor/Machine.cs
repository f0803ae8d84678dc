using System.Diagnostics;
using System.Globalization;
using Legwork.Platform.Modules;

namespace Legwork.Host.Doctor;

/// <summary>What the machine has: the runtime, and what building, testing and a second engine need.</summary>
internal static class Machine
{
    private const int DotnetMin = 10;
    private const int NodeMin = 20;

    public static IEnumerable<Sign> Look()
    {
        yield return Environment.Version.Major >= DotnetMin ? new Sign(".net", Health.Ok, $"{Environment.Version}")
            : new Sign(".net", Health.Bad, $"{Environment.Version}", $"Install .NET {DotnetMin} from Microsoft or from your distribution.");
        yield return Node();
        yield return File.Exists("/usr/bin/chromium") ? new Sign("chromium", Health.Ok, "/usr/bin/chromium")
            : new Sign("chromium", Health.Warn, "not installed; only 'legwork test' needs it", Install("chromium"));
        yield return Font("zh", "Chinese", "fonts-noto-cjk");
        yield return Font("bo", "Tibetan", "fonts-noto-core");
        yield return Directory.Exists("/usr/lib/postgresql") ? new Sign("postgresql", Health.Ok, "tools are installed")
            : new Sign("postgresql", Health.Warn,
                "not installed; only 'legwork test' and a PostgreSQL on this machine need it", Install("postgresql"));
    }

    private static Sign Node()
    {
        var version = Ask("node", "--version")?.Trim().TrimStart('v');
        return version is not null && int.TryParse(version.Split('.')[0], CultureInfo.InvariantCulture, out var major) && major >= NodeMin
            ? new Sign("node", Health.Ok, version)
            : new Sign("node", Health.Warn,
                version is null ? "not installed; only building needs it" : $"{version} is older than {NodeMin}; only building needs it",
                Install("nodejs npm"));
    }

    private static Sign Font(string language, string name, string package) => Ask("fc-list", $":lang={language}") is { Length: > 0 }
        ? new Sign("fonts", Health.Ok, $"{name} is installed")
        : new Sign("fonts", Health.Warn,
            $"no font for {name}; printing and browser tests on this machine need one", Install($"fontconfig {package}"));

    private static string Install(string packages) => $"sudo apt-get install --no-install-recommends {packages}";

    private static string? Ask(string program, string argument)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true });
            var said = asked!.StandardOutput.ReadToEnd();
            asked.WaitForExit();
            return asked.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
