using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Legwork.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Legwork.Webhooks;

/// <summary>
/// A receiver in a process of its own, this program started again with a word that no help lists: it takes what is signed with its secret and
/// keeps how often each id came. For benches and trials.
/// </summary>
internal sealed class ReceiverProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private ReceiverProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static readonly ModuleCommand Command = new(_ =>
    {
        var command = new Command("webhook-receiver", "Takes webhooks signed with the environment's secret, for a trial.") { Hidden = true };
        command.SetAction((_, cancel) => Listen(Signature.KeyOf(Environment.GetEnvironmentVariable("LEGWORK_RECEIVER_SECRET") ?? ""), cancel));
        return command;
    });

    public static async Task<ReceiverProcess> Start(string secret)
    {
        var start = new ProcessStartInfo("dotnet", [Path.ChangeExtension(Assembly.GetEntryAssembly()!.Location, ".dll"), "webhook-receiver"])
        {
            RedirectStandardOutput = true,
            Environment = { ["LEGWORK_RECEIVER_SECRET"] = secret },
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(StartMax);
        return address is null ? throw new InvalidOperationException("The receiver did not start.") : new ReceiverProcess(process, new Uri(address));
    }

    /// <summary>How many different deliveries arrived with a signature that holds.</summary>
    public async Task<long> Received()
    {
        using var http = new HttpClient();
        return long.Parse(await http.GetStringAsync(Address), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    /// <summary>Says its address first; <c>GET /</c> answers how many came, <c>GET /all</c> each id with what it said of the thing.</summary>
    private static async Task<int> Listen(byte[] key, CancellationToken cancel)
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(http => http.Request.Method == "POST" ? Take(http, key, received)
            : http.Response.WriteAsync(http.Request.Path == "/all" ? string.Concat(received.Select(one => $"{one.Key} {one.Value}\n"))
                : $"{received.Count}", http.RequestAborted));
        await app.StartAsync(cancel);
        await Console.Out.WriteLineAsync(app.Urls.First() + "/");
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static async Task Take(HttpContext http, byte[] key, ConcurrentDictionary<string, string> received)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers;
        var (id, signed) = (headers["webhook-id"].ToString(), headers["webhook-signature"].ToString());
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (!long.TryParse(headers["webhook-timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !signed.Split(' ').Contains(Signature.Of([key], id, at, bytes.Span)))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        received[id] = Encoding.UTF8.GetString(bytes.Span);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
