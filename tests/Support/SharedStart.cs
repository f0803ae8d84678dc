using System.Collections.Concurrent;
using Legwork.Platform.Storage;

namespace Legwork.Support;

/// <summary>
/// What many tests start from, made once an engine in a run of a project and copied for each test: rows and files both, so that no test
/// sees another's writes.
/// </summary>
/// <param name="empty">Opens the storage to be filled.</param>
/// <param name="fill">Puts rows into it and files beside it, and lets go of everything it opened.</param>
public sealed class SharedStart(Func<Engine, TestStore> empty, Func<TestStore, Task> fill)
{
    private readonly ConcurrentDictionary<Engine, Lazy<Task<TestStore>>> made = new();

    public async Task<TestStore> Copy(Engine engine)
    {
        if (engine == Engine.Postgres) TestRun.Postgres();
        var start = await made.GetOrAdd(engine, _ => new(() => Task.Run(() => Make(engine)))).Value.ConfigureAwait(false);
        return start.Copy();
    }

    private async Task<TestStore> Make(Engine engine)
    {
        var start = empty(engine);
        await fill(start);
        // Only what nobody has open can be copied; closing moves the write-ahead log into the file.
        start.Close();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => start.Dispose();
        return start;
    }
}
