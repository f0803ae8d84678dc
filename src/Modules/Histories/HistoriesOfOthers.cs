using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories;

internal sealed class HistoriesOfOthers(Store store, TryFile tryFile, WorkTakeOvers work) : IHistories
{
    public async Task<Outcome<TakenOver>> Take(string path, string source, Actor actor)
    {
        // Whoever reads a file takes its folder away; this one is somebody's own.
        var folder = Directory.CreateTempSubdirectory("legwork-history-").FullName;
        File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        var sent = await tryFile.Send(actor, folder, Path.GetFileName(path), source);
        if (!sent.Ok) return sent.Refusal!;
        await tryFile.Idle;
        return Now(sent.Value).State == TakeState.Tried ? await Do(sent.Value, "take", actor) : Now(sent.Value);
    }

    public Task<Outcome<TakenOver>> Undo(long take, Actor actor) => Do(take, "undo", actor);

    private async Task<Outcome<TakenOver>> Do(long take, string act, Actor actor)
    {
        var said = await work.Say(actor, take, act);
        if (!said.Ok) return said.Refusal!;
        await work.GoOn(CancellationToken.None);
        return Now(take);
    }

    private TakenOver Now(long take) => store.Read(session => new TakenOver(take, TakeRow.Find(session, take)!.State,
        session.Query<Count>("select outcome, count(*) as rows from histories_row where take = @take group by outcome", new { take })
            .ToDictionary(count => count.Outcome, count => count.Rows)));

    private sealed record Count(string Outcome, long Rows);
}
