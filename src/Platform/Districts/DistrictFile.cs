using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Districts;

/// <summary>
/// A file or folder of the district's folder that a module rests on. All of them are read before a district opens, and by <c>doctor</c>:
/// what is missing or contradicts is known at start, with its file and line, and not when the first person needs it.
/// </summary>
/// <param name="Check">Reads it from the district's folder and throws <see cref="FormatException"/> for what is wrong.</param>
public sealed record DistrictFile(string Name, Action<DistrictFacts, string> Check)
{
    /// <exception cref="FormatException">What is wrong with the first file that is wrong.</exception>
    public static void CheckAll(IServiceProvider services)
    {
        var facts = services.GetRequiredService<DistrictFacts>();
        var folder = services.GetRequiredService<PlatformPlaces>().DistrictFolder;
        foreach (var file in services.GetServices<DistrictFile>()) file.Check(facts, folder);
        Calendar.Keep(facts.Offset);
    }

    /// <returns>What is wrong with it in this folder, or null.</returns>
    public string? WrongWith(DistrictFacts facts, string folder)
    {
        try
        {
            Check(facts, folder);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>What is wrong with a file's entry, with the line that the entry begins on; the first line when it is not there.</summary>
    public static FormatException Wrong(string path, string entry, string why)
    {
        var line = File.ReadLines(path).TakeWhile(text => !text.StartsWith(entry + ":", StringComparison.Ordinal)).Count() + 1;
        return new FormatException($"{path}:{(line > File.ReadLines(path).Count() ? 1 : line)}: {why}.");
    }
}
