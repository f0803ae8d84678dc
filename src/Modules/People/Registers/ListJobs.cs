using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Legwork.People.Registers;

/// <summary>
/// Takes sent lists in behind the page's back, one job at a time in a district. A job beats while it works; one that has not beaten
/// for two minutes died with its node, and what it left is swept by the next import.
/// </summary>
internal sealed partial class ListJobs(Store store, IRegisters registers, PlatformPlaces places, AccessRules access, TimeProvider clock,
    ILogger<ListJobs> log)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Task working = Task.CompletedTask;

    /// <summary>Completes when this node has nothing under way; for shutting down and for tests.</summary>
    public Task Idle => working;

    /// <summary>Takes every file of the folder, which is removed afterwards whatever happens.</summary>
    /// <param name="checkOnly">Say what would happen, and take nothing.</param>
    /// <returns>The job. Refusals: <c>people.import.out_of_scope</c>, <c>people.import.running.taken</c>.</returns>
    public async Task<Outcome<Guid>> Take(Actor actor, string folder, IReadOnlyList<string> names, bool checkOnly = false)
    {
        var begun = await Begin(actor, names);
        if (!begun.Ok)
        {
            Directory.Delete(folder, recursive: true);
            return begun;
        }
        working = Task.Run(() => Work(begun.Value, async progress =>
        {
            try
            {
                return checkOnly ? ListResult.Of(await registers.CheckFolder(folder, progress)) with { CheckedOnly = true }
                    : ListResult.Of(await registers.TakeFolder(folder, actor, progress));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }));
        return begun;
    }

    /// <summary>Takes the latest import of a list back.</summary>
    public async Task<Outcome<Guid>> Undo(Actor actor, long import)
    {
        var begun = await Begin(actor, [$"#{import}"]);
        if (!begun.Ok) return begun;
        working = Task.Run(() => Work(begun.Value, async _ =>
            (await registers.Undo(import, actor)) is { Ok: false } refused
                ? ListResult.Nothing with { Fault = Said.Of(refused.Refusal!) } : ListResult.Nothing));
        return begun;
    }

    public static readonly Refusal OutOfScope =
        Refusal.Of("people.import.out_of_scope", "Lists concern the whole district; someone who acts for all of it takes them in.");

    /// <summary>Lists concern everyone of the district, so only who acts for all of it may take one in.</summary>
    public bool MayImport(Actor actor) => actor.May(PeoplePermissions.Import, access.District);

    private Task<Outcome<Guid>> Begin(Actor actor, IReadOnlyList<string> names) => store.Write<Outcome<Guid>>(session =>
    {
        if (!MayImport(actor)) return OutOfScope;
        var now = clock.GetUtcNow();
        session.Execute("update people_job set state = 'lost', done_at = @now where state = 'running' and beat_at < @dead",
            new { now, dead = now - DeadAfter });
        var id = Guid.CreateVersion7();
        var begun = session.Execute("""
            insert into people_job (id, state, folder, files, node, account, actor, at, beat_at, step, amount, result)
            values (@id, 'running', '', @files, @Node, @Account, @Name, @now, @now, '', 0, '') on conflict do nothing
            """, new { id, files = string.Join('\n', names), places.Node, actor.Account, actor.Name, now });
        return begun == 1 ? id : Refusal.Of("people.import.running.taken", "Lists are being taken in at this moment. Wait until that is done.");
    });

    private async Task Work(Guid id, Func<Action<string, double>, Task<ListResult>> work)
    {
        var (step, amount, told) = ("", 0.0, clock.GetUtcNow());
        await using var beat = clock.CreateTimer(_ => Tell(id, step, amount), null, Beat, Beat);
        try
        {
            var result = await work((what, much) =>
            {
                (step, amount) = (what, much);
                if (clock.GetUtcNow() - told < Step) return;
                told = clock.GetUtcNow();
                Tell(id, step, amount);
            });
            await Finish(id, result.Fault is null ? "done" : "failed", result);
        }
        catch (Exception failure)
        {
            JobFailed(log, id, failure);
            await Finish(id, "failed",
                ListResult.Nothing with
                {
                    Fault = Said.Of(Refusal.Of("people.import.fault",
                        "Something broke while the lists were taken in. Nothing of the list under way was kept."))
                });
        }
    }

    private void Tell(Guid id, string step, double amount) => _ = store.Write(session => session.Execute(
        "update people_job set step = @step, amount = @amount, beat_at = @now where id = @id and state = 'running'",
        new { id, step, amount = (long)(amount <= 1 ? amount * 100 : amount), now = clock.GetUtcNow() }));

    private Task Finish(Guid id, string state, ListResult result) => store.Write(session => session.Execute(
        "update people_job set state = @state, result = @result, done_at = @now where id = @id",
        new { id, state, result = JsonSerializer.Serialize(result, Json), now = clock.GetUtcNow() }));

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed")]
    private static partial void JobFailed(ILogger logger, Guid job, Exception failure);
}
