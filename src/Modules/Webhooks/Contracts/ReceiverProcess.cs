using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Legwork.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Legwork.Webhooks.Contracts;

/// <summary>
/// A receiver in a process of its own, this program started again with a word that no help lists: it takes what is signed with the secret that
/// it is told, and keeps what came under each id. For benches and trials.
/// </summary>
public sealed class ReceiverProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private ReceiverProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    internal static readonly ModuleCommand Command = new(_ =>
    {
        var command = new Command("webhook-receiver", "Takes webhooks for a trial; the secret is its first line of input.") { Hidden = true };
        command.SetAction((_, cancel) => Listen(cancel));
        return command;
    });

    public static async Task<ReceiverProcess> Start()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "legwork.dll"), "webhook-receiver"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(StartMax);
        return address is null ? throw new InvalidOperationException("The receiver did not start.") : new ReceiverProcess(process, new Uri(address));
    }

    /// <summary>Tells it the secret; before, it takes nothing.</summary>
    public void Trust(string secret)
    {
        process.StandardInput.WriteLine(secret);
        process.StandardInput.Flush();
    }

    /// <summary>How many different deliveries it holds whose signature holds.</summary>
    public async Task<long> Count()
    {
        using var http = new HttpClient();
        return long.Parse(await http.GetStringAsync(Address), CultureInfo.InvariantCulture);
    }

    /// <summary>What came since it was asked last: id and body.</summary>
    public async Task<IReadOnlyList<(string Id, string Body)>> Take()
    {
        using var http = new HttpClient();
        return [.. (await http.GetStringAsync(new Uri(Address, "/take"))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]))];
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static async Task<int> Listen(CancellationToken cancel)
    {
        var received = new ConcurrentDictionary<string, string>();
        byte[]? key = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(http => http.Request.Method == "POST" ? Keep(http, Volatile.Read(ref key), received)
            : http.Response.WriteAsync(http.Request.Path == "/take" ? Taken(received) : $"{received.Count}", http.RequestAborted));
        await app.StartAsync(cancel);
        await Console.Out.WriteLineAsync(app.Urls.First() + "/");
        if (await Console.In.ReadLineAsync(cancel) is { } secret) Volatile.Write(ref key, Signature.KeyOf(secret));
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static string Taken(ConcurrentDictionary<string, string> received)
    {
        var all = new StringBuilder();
        foreach (var (id, body) in received.ToArray())
            if (received.TryRemove(id, out _)) all.Append(id).Append(' ').Append(body).Append('\n');
        return all.ToString();
    }

    private static async Task Keep(HttpContext http, byte[]? key, ConcurrentDictionary<string, string> received)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers;
        var (id, signed) = (headers["webhook-id"].ToString(), headers["webhook-signature"].ToString());
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (key is null || !long.TryParse(headers["webhook-timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !signed.Split(' ').Contains(Signature.Of([key], id, at, bytes.Span)))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        received[id] = Encoding.UTF8.GetString(bytes.Span);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
