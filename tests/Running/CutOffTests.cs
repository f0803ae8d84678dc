using System.Diagnostics;
using System.Net;
using Legwork.Host.Soak;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Legwork.Running.Tests;

/// <summary>Whoever goes away in the middle of a request, a lid closed or a tunnel entered, leaves no question running at the storage.</summary>
public class CutOffTests
{
    private static readonly TimeSpan LimitOfPatience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task PostgreSQL_stops_reading_for_who_has_gone()
    {
        using var place = new Place(Engine.Postgres);
        place.Options.Storage = Patient(place.Storage);
        await using var app = WebServer.Build(place.Options, [], more: routes => routes.MapGet("/slow", (Store store, CancellationToken cancel) =>
            store.ReadAsync(session => session.QueryAsync<string>("select 'slow' from pg_sleep(600)"), cancel)).Public("Only here."));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = Visitor.Nobody();
        using var gone = new CancellationTokenSource();
        await using var onlooker = await Onlooker.At(place.Storage);
        var asked = visitor.GetUntil(new Uri(app.Urls.First()), "/slow", gone.Token);
        await Until(async () => await onlooker.Running("query like 'select ''slow''%'") is { Count: 1 }, "it is asked");

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        await Until(async () => await onlooker.Running("query like 'select ''slow''%'") is [], "nobody waits for it any more");
    }

    [Fact]
    public async Task No_page_goes_on_asking_for_who_has_gone()
    {
        using var place = new Place(Engine.Postgres);
        await using var soak = await SoakDistrict.Make(place.Folder, Patient(place.Storage));
        await using var onlooker = await Onlooker.At(place.Storage);
        (string Who, string Path)[] pages = [("clerk", "/people?q=卓玛"), ("supervisor", "/queue"), ("clerk", "/imports"), ("clerk", "/people/pairs")];
        foreach (var (who, path) in pages)
        {
            using var visitor = await Visitor.SignIn(soak.Address, who);
            (await visitor.Get(soak.Address, path)).ShouldBe(HttpStatusCode.OK, path);
            using (var gone = new CancellationTokenSource())
            await using (await Onlooker.HoldTables(place.Storage))
            {
                var before = await onlooker.Running("wait_event_type = 'Lock'");
                var asked = visitor.GetUntil(soak.Address, path, gone.Token);
                HashSet<string> waiting = [];
                await Until(async () => (waiting = [.. await onlooker.Running("wait_event_type = 'Lock'")]).Except(before).Any(), $"{path} is asked");
                waiting.ExceptWith(before);
                await gone.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(() => asked);
                await Until(async () => !waiting.Overlaps(await onlooker.Running("true")), $"{path} is not asked any more");
            }
            (await visitor.Get(soak.Address, path)).ShouldBe(HttpStatusCode.OK, path);
        }
    }

    // Else a question that nobody waits for would end by itself before this test has lost its patience.
    private static string Patient(string storage) => new NpgsqlConnectionStringBuilder(storage) { CommandTimeout = 600 }.ToString();

    private static async Task Until(Func<Task<bool>> holds, string sentence)
    {
        var since = Stopwatch.StartNew();
        while (!await holds()) since.Elapsed.ShouldBeLessThan(LimitOfPatience, sentence);
    }

    /// <summary>Looks at the database from outside the program.</summary>
    private sealed class Onlooker(NpgsqlConnection connection) : IAsyncDisposable
    {
        public static async Task<Onlooker> At(string storage)
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(storage) { Pooling = false }.ToString());
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return new Onlooker(connection);
        }

        /// <summary>Keeps everyone from reading what the modules hold; who signed in, and the log, are left.</summary>
        public static async Task<Onlooker> HoldTables(string storage)
        {
            var holder = await At(storage);
            await holder.Do("begin");
            await holder.Do("""
                do $$ declare held text; begin
                  select string_agg(format('%I', tablename), ', ') into held from pg_tables
                    where schemaname = 'public' and tablename ~ '^(people|cases|immunization)_';
                  execute 'lock table ' || held || ' in access exclusive mode';
                end $$
                """);
            return holder;
        }

        /// <summary>Which questions run now; each by the session that asks it and the moment at which it did.</summary>
        public async Task<List<string>> Running(string where)
        {
            await using var look = new NpgsqlCommand($"""
                select pid || ' ' || query_start from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and {where}
                """, connection);
            await using var reader = await look.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var running = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) running.Add(reader.GetString(0));
            return running;
        }

        private async Task Do(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
