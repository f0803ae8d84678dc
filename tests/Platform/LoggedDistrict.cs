using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

/// <summary>A district with a log of reads, the product's own rules, and a clock that stands still.</summary>
internal sealed class LoggedDistrict : IAsyncDisposable
{
    public const string Code = "540102";

    private readonly TestStore storage;

    public LoggedDistrict(Engine engine)
    {
        storage = TestStore.Open(engine);
        Signer = LogSigner.At(storage.In("log.key"));
        Log = new ReadLog.ReadLog(Store, Signer, Clock, "node", Heads);
        (Purposes, Fields) = (Rules.Purposes, Rules.Fields);
        Reading = new Reading(Log, Purposes, Fields);
        Reads = new Reads(Store, Clock);
        Withhold = new WithholdReads(Store, new AccessRules(Code, Demonstration: false), Clock);
    }

    /// <summary>What Platform and People say of access; the modules between them do not matter here.</summary>
    public static AccessBook Rules { get; } = AccessBook.Of(new[] { "Platform", "Modules/Places", "Modules/Cases", "Modules/People" }
        .Select(module => (Path.GetFileName(module).ToLowerInvariant(),
            File.ReadAllText(Path.Combine(Repository.Root, "src", module, "Rules", "access.yaml")))));

    public Store Store => storage.Store;

    public StoppedClock Clock { get; } = new();

    public string Heads => storage.In("heads");

    public LogSigner Signer { get; }

    public ReadLog.ReadLog Log { get; }

    public Purposes Purposes { get; }

    public FieldRules Fields { get; }

    public Reading Reading { get; }

    public Reads Reads { get; }

    public WithholdReads Withhold { get; }

    public Actor Someone(Role role, string scope = Code) => new(Guid.CreateVersion7(), role.ToString(), role.ToString(),
        [new Grant(role, new Scope(scope), DateOnly.MinValue, null)]);

    /// <summary>A read of one person by name.</summary>
    public async Task Read(Actor by, PersonId person, string purpose = "counter", string reference = "") =>
        await Log.Append(new ReadEntry(by.Account, by.Name, by.Grants[0].Role, purpose, "people.view", [person], Reference: reference));

    /// <summary>A batch over a place.</summary>
    public async Task ReadAll(Actor by, string scope) =>
        await Log.Append(new ReadEntry(by.Account, by.Name, by.Grants[0].Role, "export", "people.export", [], scope));

    public LogVerdict Verify(string? publicKey = null) => LogVerdict.On(Store, publicKey ?? Signer.PublicKey, [Heads]);

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        Signer.Dispose();
        storage.Dispose();
    }
}
