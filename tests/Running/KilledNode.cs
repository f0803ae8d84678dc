using Legwork.Host.Processes;
using Legwork.Host.Web;

namespace Legwork.Running.Tests;

/// <summary>A server in a process of its own, to be killed in the middle of its work.</summary>
internal static class KilledNode
{
    private static readonly TimeSpan LimitOfPatience = TimeSpan.FromMinutes(2);

    /// <summary>Starts one on the place's data, as a demonstration whose sign-ins are known.</summary>
    /// <returns>The process and where it listens.</returns>
    public static async Task<(Child Node, Uri Here)> Serve(Place place)
    {
        var node = new Child("node", place.Folder, ["dotnet", Path.ChangeExtension(typeof(WebServer).Assembly.Location, ".dll"), "serve",
            "--data", place.Options.Data, "--storage", place.Storage, "--node", "one", "--listen", "http://127.0.0.1:0"],
            new Dictionary<string, string> { ["LEGWORK_SET_Demonstration"] = "true" });
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Said = line =>
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(new Uri(line[at..].Split(' ')[0]));
        };
        node.Start();
        return (node, await address.Task.WaitAsync(LimitOfPatience, TestContext.Current.CancellationToken));
    }
}
