using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Export;
using Legwork.People.Matching;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.People.Registers;

/// <summary>What modules and commands reach of the lists: taking in, taking back, giving out.</summary>
internal sealed class RegistersOfOthers(TakeFolder takeFolder, UpdateFiles update, ExportRows export, Leases leases, Store store,
    TimeProvider clock) : IRegisters
{
    public Task<FolderTaken> TakeFolder(string folder, Actor actor, Action<string, double>? progress = null) =>
        takeFolder.Run(folder, actor, progress);

    public Task<FolderTaken> CheckFolder(string folder, Action<string, double>? progress = null) => takeFolder.Check(folder, progress);

    public async Task<Outcome<Done>> Undo(long import, Actor actor)
    {
        await using var lease = await leases.Take(Registers.TakeFolder.LeaseName);
        if (lease is null) return Registers.TakeFolder.HeldBy(leases);
        var undone = await UndoImport.Run(store, clock, import, actor);
        if (undone.Ok) await update.Run();
        return undone;
    }

    public Task<int> ExportFiles(TextWriter csv, Actor actor) => export.Files(csv, actor);

    public Task<int> ExportFindings(TextWriter csv, Actor actor) => export.Findings(csv, actor);
}
